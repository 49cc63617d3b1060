package io.faregate.ledger;

import java.util.function.Consumer;

/// A stretch of the journal. Its entries are handed over one at a time, so that of many only one is
/// in memory.
@FunctionalInterface
public interface EntrySource {
  /// Hands over all entries in order; to be asked once.
  ///
  /// @return the position behind the last one
  Position read(Consumer<? super Entry> each);
}
