package io.faregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.journal.FileJournal;
import io.faregate.journal.StoreWriter;
import io.faregate.ledger.Entry;
import io.faregate.ledger.RandomEntries;
import io.faregate.ledger.Span;
import io.faregate.store.duckdb.DuckDbLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RebuiltStoreTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-29T12:00:00Z"));
  private static final Span ALL =
      new Span(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

  @TempDir Path directory;

  @Test
  void aDeletedStoreIsRebuiltFromTheJournalWithTheSameTotals() throws Exception {
    var entries = new RandomEntries(1).calls(500);
    var before = totalsAfter(entries);
    Files.delete(directory.resolve("ledger.duckdb"));

    assertThat(totalsAfter(List.of())).isEqualTo(before);
    assertThat(before).hasSizeGreaterThan(100);
  }

  private List<Object> totalsAfter(List<Entry> entries) {
    var settings = DuckDbLedger.Settings.of(directory.resolve("ledger.duckdb"));
    var journalSettings =
        new FileJournal.Settings(
            directory.resolve("journal"),
            64 << 10,
            1 << 30,
            Duration.ofMillis(10),
            Duration.ofDays(7),
            false);
    try (var journal = FileJournal.open(journalSettings, CLOCK);
        var writer =
            StoreWriter.start(
                journal, () -> DuckDbLedger.open(settings), Duration.ofDays(90), CLOCK)) {
      entries.forEach(journal::append);
      assertThat(writer.flush(Duration.ofSeconds(30))).isTrue();
      var ledger = writer.ledger().orElseThrow();
      return List.<Object>copyOf(
          Stream.concat(ledger.callCells(ALL).stream(), ledger.attemptCells(ALL).stream())
              .toList());
    }
  }
}
