package io.faregate.journal;

import io.faregate.ledger.Entry;
import io.faregate.ledger.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Small journals for tests, at a fixed time.
final class Journals {
  static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private Journals() {}

  static FileJournal.Settings settings(Path directory) {
    return new FileJournal.Settings(
        directory, 16 << 10, 1 << 20, Duration.ofMillis(1), Duration.ofDays(7), false);
  }

  static FileJournal.Settings acceptingLoss(Path directory) {
    return new FileJournal.Settings(
        directory, 16 << 10, 1 << 20, Duration.ofMillis(1), Duration.ofDays(7), true);
  }

  static FileJournal open(Path directory) {
    return FileJournal.open(settings(directory), CLOCK);
  }

  /// All entries, in batches of seven.
  static List<Entry> read(FileJournal journal) {
    var reader = journal.reader();
    var all = new ArrayList<Entry>();
    var at = Position.START;
    int before;
    do {
      before = all.size();
      at = reader.read(at, entry -> all.add(entry) && all.size() % 7 != 0);
    } while (all.size() > before);
    return all;
  }

  /// Appends as a gateway does, waiting until there is room.
  static void append(FileJournal journal, List<? extends Entry> entries) {
    for (var entry : entries) {
      while (!journal.ready()) {
        Thread.onSpinWait();
      }
      journal.append(entry);
    }
  }
}
