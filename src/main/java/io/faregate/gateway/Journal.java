package io.faregate.gateway;

import io.faregate.ledger.Entry;

/// Where entries go first: an append-only file that survives the death of the process. Appending is
/// a copy into memory of the operating system and never waits for a disk; it may happen on any
/// event loop.
public interface Journal {
  /// Whether an entry can be written now. When not (disk full, journal too large), no new call is
  /// admitted.
  boolean ready();

  /// Appends an entry. Entries of attempts that were under way when writing became impossible are
  /// kept in memory and written as soon as it is possible again.
  void append(Entry entry);
}
