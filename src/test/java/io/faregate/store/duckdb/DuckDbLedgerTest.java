package io.faregate.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.LedgerContract;
import io.faregate.ledger.Position;
import io.faregate.ledger.RandomEntries;
import io.faregate.ledger.Span;
import io.faregate.ledger.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DuckDbLedgerTest extends LedgerContract {
  private static final Span ALL =
      new Span(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

  private static final String ACTIONS_THAT_TAKE_NONE =
      """
      CREATE TABLE actions (
        action     TEXT NOT NULL CHECK (action = ''),
        workflow   TEXT NOT NULL,
        started_at TIMESTAMP NOT NULL,
        calls      BIGINT NOT NULL,
        attempts   BIGINT NOT NULL,
        cost       BIGINT NOT NULL
      )
      """;

  @TempDir Path directory;
  private int files;

  private DuckDbLedger.Settings settings(String name) {
    return DuckDbLedger.Settings.of(directory.resolve(name));
  }

  @Override
  protected Ledger fresh() {
    return DuckDbLedger.open(settings("fresh-" + files++));
  }

  @Test
  void keepsEverythingWhenOpenedAgain() {
    var settings = settings("again");
    var entries = new RandomEntries(1).calls(50);
    try (var ledger = DuckDbLedger.open(settings)) {
      ledger.missing(ALL.from());
      ledger.store(Entries.of(entries, new Position(2, 700)));
    }

    try (var ledger = DuckDbLedger.open(settings)) {
      assertThat(ledger.watermark()).isEqualTo(new Position(2, 700));
      assertThat(ledger.missingBefore()).isEqualTo(ALL.from());
      assertThat(ledger.calls(ALL, 100)).hasSize(50);
      ledger.store(Entries.of(entries, new Position(2, 900)));
      assertThat(ledger.calls(ALL, 100)).hasSize(50);
    }
  }

  @Test
  void aBatchMayHaveMoreRowsThanAreTakenOverAtOnce() {
    var entries = new RandomEntries(5).calls(9_000);
    var calls = entries.stream().filter(CallEntry.class::isInstance).collect(Collectors.toSet());
    try (var ledger = DuckDbLedger.open(settings("large"))) {
      ledger.store(Entries.of(entries, new Position(1, 1)));

      assertThat(calls).hasSize(9_000);
      assertThat(Set.copyOf(ledger.calls(ALL, 10_000))).isEqualTo(calls);
    }
  }

  @Test
  void closingItTwiceIsHarmless() {
    var settings = settings("closed");
    var ledger = DuckDbLedger.open(settings);
    ledger.close();
    assertThatCode(ledger::close).doesNotThrowAnyException();

    DuckDbLedger.open(settings).close();
  }

  @Test
  void readingMakesNoStore() {
    assertThat(DuckDbLedger.openExisting(settings("none"))).isEmpty();
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void readsAnExistingStoreAndWritesNothingToIt() {
    var settings = settings("existing");
    try (var ledger = DuckDbLedger.open(settings)) {
      ledger.store(Entries.of(new RandomEntries(1).calls(5), new Position(1, 1)));
    }

    try (var ledger = DuckDbLedger.openExisting(settings).orElseThrow()) {
      assertThat(ledger.calls(ALL, 10)).hasSize(5);
      var later = Instant.parse("2030-01-01T00:00:00Z");
      assertThatThrownBy(() -> ledger.prune(later, later)).isInstanceOf(StoreException.class);
      assertThat(ledger.calls(ALL, 10)).hasSize(5);
    }
  }

  @Test
  void refusesASecondOwner() {
    var settings = settings("owned");
    try (var _ = DuckDbLedger.open(settings)) {
      assertThatThrownBy(() -> DuckDbLedger.open(settings))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("owned")
          .hasMessageContaining("another process");
    }
  }

  @Test
  void refusesAStoreOfANewerFormat() throws SQLException {
    var settings = settings("newer");
    DuckDbLedger.open(settings).close();
    change(settings, "INSERT INTO meta (number, name, sha256) VALUES (1000, 'new.sql', '')");

    assertThatThrownBy(() -> DuckDbLedger.open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("format 1000");
    assertThatThrownBy(() -> DuckDbLedger.openExisting(settings))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void aStoreThatCouldNotBeOpenedIsLetGoOf() throws SQLException {
    var settings = settings("mended");
    DuckDbLedger.open(settings).close();
    change(settings, "INSERT INTO meta (number, name, sha256) VALUES (1000, 'new.sql', '')");
    assertThatThrownBy(() -> DuckDbLedger.open(settings)).hasMessageContaining("format 1000");

    change(settings, "DELETE FROM meta WHERE number = 1000");

    try (var ledger = DuckDbLedger.open(settings)) {
      assertThat(ledger.watermark()).isEqualTo(Position.START);
    }
  }

  @Test
  void refusesAStoreMadeByAnotherMigration() throws SQLException {
    var settings = settings("other");
    DuckDbLedger.open(settings).close();
    change(settings, "UPDATE meta SET sha256 = 'ab'");

    assertThatThrownBy(() -> DuckDbLedger.open(settings)).hasMessageContaining("001_ledger.sql");
  }

  @Test
  void opensForReadingWhatAnOlderVersionMade() throws SQLException {
    var settings = settings("older");
    try (var ledger = DuckDbLedger.open(settings)) {
      ledger.store(Entries.of(new RandomEntries(1).calls(5), new Position(1, 1)));
    }
    change(settings, "ALTER TABLE attempts DROP COLUMN problem");
    change(settings, "ALTER TABLE watermark DROP COLUMN missing_before");
    change(settings, "DELETE FROM meta WHERE number >= 3");

    try (var ledger = DuckDbLedger.openExisting(settings).orElseThrow()) {
      var stored = ledger.call(ledger.calls(ALL, 1).getFirst().call()).orElseThrow();
      assertThat(stored.attempts()).isNotEmpty().allMatch(attempt -> attempt.problem() == null);
      assertThat(ledger.missingBefore()).isNull();
    }
  }

  private static void change(DuckDbLedger.Settings settings, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + settings.file());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void saysWhatToDoAboutAFileThatIsNoStore() throws Exception {
    var settings = settings("garbage");
    Files.writeString(settings.file(), "not a database".repeat(1000));

    assertThatThrownBy(() -> DuckDbLedger.open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("garbage");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY (SELECT 1) TO '/tmp/faregate-stolen.csv'",
        "ATTACH '/tmp/faregate-other.duckdb'",
        "INSTALL httpfs",
        "SET threads = 8",
        "SET enable_external_access = true"
      })
  void itsSqlReachesNothingOutside(String sql) throws SQLException {
    try (var connection = DuckDbFile.open(settings("closed"));
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aFailedBatchOfNewCallsOnlyLeavesNoRows() throws SQLException {
    var settings = settings("first");
    DuckDbLedger.open(settings).close();
    change(settings, "ALTER TABLE actions RENAME TO elsewhere");
    change(settings, ACTIONS_THAT_TAKE_NONE);

    try (var ledger = DuckDbLedger.open(settings)) {
      var entries = Entries.of(new RandomEntries(4).calls(9), new Position(1, 20));
      assertThatThrownBy(() -> ledger.store(entries)).isInstanceOf(StoreException.class);
      assertThat(ledger.watermark()).isEqualTo(Position.START);
      assertThat(ledger.calls(ALL, 10)).isEmpty();
    }
  }

  @Test
  void aFailedBatchLeavesNeitherRowsNorWatermark() throws SQLException {
    var settings = settings("atomic");
    DuckDbLedger.open(settings).close();
    try (var ledger = DuckDbLedger.open(settings)) {
      ledger.store(Entries.of(new RandomEntries(4).calls(3), new Position(1, 10)));
    }
    // The last statement of the batch but one fails, when all rows are written.
    change(settings, "ALTER TABLE actions RENAME TO elsewhere");
    change(settings, ACTIONS_THAT_TAKE_NONE);

    try (var ledger = DuckDbLedger.open(settings)) {
      assertThatThrownBy(
              () -> ledger.store(Entries.of(new RandomEntries(4).calls(9), new Position(1, 20))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot store");
      assertThat(ledger.watermark()).isEqualTo(new Position(1, 10));
      assertThat(ledger.calls(ALL, 10)).hasSize(3);
    }
  }
}
