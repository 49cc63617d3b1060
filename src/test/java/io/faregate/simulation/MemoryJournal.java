package io.faregate.simulation;

import io.faregate.gateway.Journal;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.StartedEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A journal in memory that outlives the gateways that write it.
final class MemoryJournal implements Journal {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, StartedEntry> open = new LinkedHashMap<>();
  private boolean ready = true;

  @Override
  public boolean ready() {
    return ready;
  }

  void ready(boolean ready) {
    this.ready = ready;
  }

  @Override
  public void append(Entry entry) {
    entries.add(entry);
    switch (entry) {
      case StartedEntry started -> {
        if (open.put(started.call() + " " + started.attempt(), started) != null) {
          throw new AssertionError("started twice: " + started);
        }
      }
      case AttemptEntry ended -> {
        if (open.remove(ended.call() + " " + ended.attempt()) == null) {
          throw new AssertionError("ended without a beginning, or twice: " + ended);
        }
      }
      case CallEntry _, PremiumEntry _ -> {}
    }
  }

  List<Entry> entries() {
    return entries;
  }

  /// Attempts that have begun and not ended.
  int underWay() {
    return open.size();
  }

  /// Ends what the death of the process left open, at its full hold in doubt.
  void recover() {
    List.copyOf(open.values()).forEach(started -> append(started.crashed()));
  }
}
