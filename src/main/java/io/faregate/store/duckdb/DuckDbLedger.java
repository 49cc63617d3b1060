package io.faregate.store.duckdb;

import io.faregate.ledger.AttemptCell;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallCell;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.EntrySource;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Position;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.Span;
import io.faregate.ledger.StoreException;
import io.faregate.ledger.StoredCall;
import io.faregate.store.AttemptCellRows;
import io.faregate.store.AttemptRows;
import io.faregate.store.CallCellRows;
import io.faregate.store.CallRows;
import io.faregate.store.Migrations;
import io.faregate.store.PremiumRows;
import io.faregate.store.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// The ledger in one DuckDB file, which one process can have open at a time. Any thread may ask;
/// each question has a connection of its own, and all writing goes through one.
public final class DuckDbLedger implements Ledger {
  /// Sorts behind every id of a call.
  private static final String LAST_ID = "\uffff";

  static final Span ALWAYS =
      new Span(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-01-01T00:00:00Z"));
  private static final int BATCHES_PER_CHECKPOINT = 240;

  private static final String SELECT_WATERMARK =
      """
      SELECT segment, byte_offset
      FROM watermark
      """;

  private static final String SELECT_MISSING =
      """
      SELECT missing_before
      FROM watermark
      """;

  private static final String UPDATE_MISSING =
      """
      UPDATE watermark
      SET missing_before = ?
      WHERE missing_before IS NULL OR missing_before < ?
      """;

  private static final String SELECT_HIGHEST =
      """
      SELECT coalesce(max(call), '')
      FROM (SELECT call FROM calls UNION ALL SELECT call FROM attempts)
      """;

  private static final String UPDATE_WATERMARK =
      """
      UPDATE watermark
      SET segment = ?, byte_offset = ?
      """;

  private static final String DELETE_ATTEMPTS =
      """
      DELETE FROM attempts
      WHERE (call IN (SELECT call FROM calls WHERE started_at < ?)
          OR (started_at < ? AND call NOT IN (SELECT call FROM calls)))
        AND call NOT IN (
          SELECT a.call
          FROM attempts AS a
          WHERE a.started_at >= ?
            AND (a.in_doubt > 0 OR (a.usage_source = 'unknown' AND a.cost IS NULL))
            AND NOT EXISTS (
              SELECT 1
              FROM attempts AS b
              WHERE b.call = a.call AND b.attempt = a.attempt AND b.revision > a.revision
                AND b.revision > 0)) -- few are, so no whole table is joined
      """;

  private static final String DELETE_CALLS =
      """
      DELETE FROM calls
      WHERE started_at < ?
        AND call NOT IN (
          SELECT a.call
          FROM attempts AS a
          WHERE a.started_at >= ?
            AND (a.in_doubt > 0 OR (a.usage_source = 'unknown' AND a.cost IS NULL))
            AND NOT EXISTS (
              SELECT 1
              FROM attempts AS b
              WHERE b.call = a.call AND b.attempt = a.attempt AND b.revision > a.revision
                AND b.revision > 0)) -- few are, so no whole table is joined
      """;

  private final Settings settings;
  private final DuckDBConnection root;
  private final DuckDBConnection writer;

  /// None of a ledger opened for reading.
  private @Nullable TableRows rows;

  /// Of a ledger opened for reading, anything may be there.
  private RecentKeys recent = new RecentKeys(LAST_ID);

  private volatile Position watermark = Position.START;
  private int batches;

  /// Where the ledger is, and what DuckDB may use.
  ///
  /// @param memoryLimit as DuckDB writes it: `128MB`
  public record Settings(Path file, String memoryLimit, int threads) {
    /// 128 MB, so that a checkpoint does not go through files on disk, and one thread, so that
    /// reports leave the other cores to calls.
    public static Settings of(Path file) {
      return new Settings(file, "128MB", 1);
    }
  }

  private DuckDbLedger(Settings settings, DuckDBConnection root, DuckDBConnection writer) {
    this.settings = settings;
    this.root = root;
    this.writer = writer;
  }

  /// Opens the ledger, or makes one.
  ///
  /// @throws StoreException if another process has it, or a newer version made it
  public static DuckDbLedger open(Settings settings) {
    return open(settings, DuckDbFile.open(settings), false);
  }

  /// Opens the ledger for reading, if there is one; makes none. One that an older version made gets
  /// the tables of this one first.
  ///
  /// @throws StoreException if another process writes it, or a newer version made it
  public static Optional<DuckDbLedger> openExisting(Settings settings) {
    if (!Files.exists(settings.file())) {
      return Optional.empty();
    }
    if (isOlder(settings)) {
      open(settings).close();
    }
    return Optional.of(open(settings, DuckDbFile.openToRead(settings), true));
  }

  private static boolean isOlder(Settings settings) {
    try (var root = DuckDbFile.openToRead(settings)) {
      return Migrations.missing(root);
    } catch (SQLException e) {
      throw new StoreException("cannot open the store " + settings.file(), e);
    }
  }

  private static DuckDbLedger open(Settings settings, DuckDBConnection root, boolean toRead) {
    var connections = new ArrayList<>(List.of(root));
    try {
      var writer = DuckDbFile.another(root);
      connections.add(writer);
      var ledger = new DuckDbLedger(settings, root, writer);
      if (!toRead) {
        Migrations.apply(root);
        root.setAutoCommit(true);
        ledger.rows = TableRows.of(writer);
        writer.setAutoCommit(false);
        ledger.recent = new RecentKeys(ledger.highestCall());
      }
      ledger.watermark = ledger.storedWatermark();
      return ledger;
    } catch (SQLException e) {
      close(connections, e);
      throw new StoreException("cannot open the store " + settings.file(), e);
    } catch (RuntimeException e) {
      close(connections, e);
      throw e;
    }
  }

  /// Closes all of them: one that stays open keeps the file from being opened again.
  private static void close(List<DuckDBConnection> connections, Exception because) {
    for (var connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        because.addSuppressed(e);
      }
    }
  }

  @Override
  public Position watermark() {
    return watermark;
  }

  private Position storedWatermark() {
    return select("read the watermark", SELECT_WATERMARK, _ -> {}, DuckDbLedger::position)
        .getFirst();
  }

  /// The highest id of a call of which anything is stored.
  private String highestCall() {
    return select("find the latest call", SELECT_HIGHEST, _ -> {}, Row::text).getFirst();
  }

  private static Position position(Row row) throws SQLException {
    return new Position(row.number(), row.number());
  }

  @Override
  public synchronized void missing(Instant before) {
    var _ =
        write(
            "note that calls before %s may be missing".formatted(before),
            () -> {
              try (var update = writer.prepareStatement(UPDATE_MISSING)) {
                update.setObject(1, utc(before));
                update.setObject(2, utc(before));
                return update.executeUpdate();
              }
            });
  }

  @Override
  public @Nullable Instant missingBefore() {
    Reading<Optional<Instant>> reading = row -> Optional.ofNullable(row.instantOrNull());
    return select("read what is missing", SELECT_MISSING, _ -> {}, reading).getFirst().orElse(null);
  }

  @Override
  public synchronized void store(EntrySource entries) {
    var next =
        write(
            "store what follows segment %d, offset %d"
                .formatted(watermark.segment(), watermark.offset()),
            () -> append(entries));
    if (next.compareTo(watermark) > 0) {
      watermark = next;
      if (++batches % BATCHES_PER_CHECKPOINT == 0) {
        checkpoint();
      }
    }
  }

  /// Appends what is behind the watermark.
  private Position append(EntrySource entries) throws SQLException {
    var into = rows;
    if (into == null) {
      throw new IllegalStateException("a ledger opened for reading takes nothing");
    }
    var batch = new EntryBatch(writer, recent, into);
    var next = entries.read(batch::add);
    batch.finish();
    if (next.compareTo(watermark) <= 0) {
      writer.rollback();
      return next;
    }
    try (var update = writer.prepareStatement(UPDATE_WATERMARK)) {
      update.setLong(1, next.segment());
      update.setLong(2, next.offset());
      update.executeUpdate();
      return next;
    }
  }

  /// Moves what is in the write-ahead log into the file, which keeps opening fast.
  private void checkpoint() {
    var _ =
        write(
            "checkpoint",
            () -> {
              writer.setAutoCommit(true);
              try (var statement = writer.createStatement()) {
                return statement.execute("CHECKPOINT");
              } finally {
                writer.setAutoCommit(false);
              }
            });
  }

  @Override
  public Optional<StoredCall> call(String id) {
    return withAttempts(calls(id, id, ALWAYS, 1)).stream().findFirst();
  }

  @Override
  public List<StoredCall> withAttempts(List<CallEntry> calls) {
    var revisions =
        revisions(calls.stream().map(CallEntry::call).toList()).stream()
            .collect(Collectors.groupingBy(AttemptEntry::call));
    return calls.stream()
        .map(call -> StoredCall.of(call, revisions.getOrDefault(call.call(), List.of())))
        .toList();
  }

  @Override
  public List<CallEntry> calls(Span span, int limit) {
    return calls("", LAST_ID, span, limit);
  }

  private List<CallEntry> calls(String first, String last, Span span, int limit) {
    return select(
        "read calls",
        CallRows.SELECT,
        query -> {
          query.setString(1, first);
          query.setString(2, last);
          bind(query, 3, span);
          query.setInt(5, limit);
        },
        CallRows::read);
  }

  @Override
  public List<AttemptEntry> attempts(Collection<String> calls) {
    record Key(String call, int attempt) {}
    var latest = new LinkedHashMap<Key, AttemptEntry>();
    revisions(calls)
        .forEach(attempt -> latest.put(new Key(attempt.call(), attempt.attempt()), attempt));
    return List.copyOf(latest.values());
  }

  /// All revisions of all attempts of these calls, in their order.
  private List<AttemptEntry> revisions(Collection<String> calls) {
    if (calls.isEmpty()) {
      return List.of();
    }
    var ids = new TreeSet<>(calls);
    return select(
        "read attempts",
        AttemptRows.SELECT,
        query -> StoredRows.bind(query, ids, root),
        AttemptRows::read);
  }

  @Override
  public List<AttemptCell> attemptCells(Span span) {
    return select(
        "read cells of attempts",
        AttemptCellRows.SELECT,
        query -> bind(query, 1, span.wholeQuarters()),
        AttemptCellRows::read);
  }

  @Override
  public List<CallCell> callCells(Span span) {
    return select(
        "read cells of calls",
        CallCellRows.SELECT,
        query -> bind(query, 1, span.wholeQuarters()),
        CallCellRows::read);
  }

  @Override
  public List<AttemptEntry> unreported(Span span, int limit) {
    return listed("list attempts without usage", AttemptRows.SELECT_UNREPORTED, span, limit);
  }

  @Override
  public List<AttemptEntry> inDoubt(Span span, int limit) {
    return listed("list attempts in doubt", AttemptRows.SELECT_IN_DOUBT, span, limit);
  }

  /// The attempts that a query finds, in its order.
  private List<AttemptEntry> listed(String what, String sql, Span span, int limit) {
    record Key(String call, int attempt) {}
    var keys =
        select(
            what,
            sql,
            query -> {
              bind(query, 1, span);
              query.setInt(3, limit);
            },
            row -> new Key(row.text(), row.count()));
    var found = new LinkedHashMap<Key, AttemptEntry>();
    attempts(keys.stream().map(Key::call).toList())
        .forEach(a -> found.put(new Key(a.call(), a.attempt()), a));
    return keys.stream().map(found::get).toList();
  }

  @Override
  public List<PremiumEntry> premium() {
    return select("read premium credit", PremiumRows.SELECT, _ -> {}, PremiumRows::read);
  }

  @Override
  public synchronized long prune(Instant before, Instant doubtBefore) {
    return write(
        "forget calls before " + before,
        () -> {
          try (var attempts = writer.prepareStatement(DELETE_ATTEMPTS);
              var calls = writer.prepareStatement(DELETE_CALLS)) {
            attempts.setObject(1, utc(before));
            attempts.setObject(2, utc(before));
            attempts.setObject(3, utc(doubtBefore));
            attempts.executeUpdate();
            calls.setObject(1, utc(before));
            calls.setObject(2, utc(doubtBefore));
            return calls.executeUpdate();
          }
        });
  }

  /// Binds a span to two parameters, of which this is the first.
  static void bind(PreparedStatement query, int first, Span span) throws SQLException {
    query.setObject(first, utc(span.from()));
    query.setObject(first + 1, utc(span.to()));
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement query) throws SQLException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(Row row) throws SQLException;
  }

  @FunctionalInterface
  private interface Writing<T> {
    T write() throws SQLException;
  }

  private <T> List<T> select(String what, String sql, Binding binding, Reading<T> reading) {
    try (var connection = DuckDbFile.another(root);
        var query = connection.prepareStatement(sql)) {
      binding.bind(query);
      var found = new ArrayList<T>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(reading.read(new Row(rows)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed(what, e);
    }
  }

  /// Runs a change as one transaction.
  private <T> T write(String what, Writing<T> writing) {
    try {
      var changed = writing.write();
      writer.commit();
      return changed;
    } catch (SQLException | RuntimeException e) {
      try {
        writer.rollback();
      } catch (SQLException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw failed(what, e);
    }
  }

  private StoreException failed(String what, Exception cause) {
    return new StoreException(
        "cannot %s in %s: %s".formatted(what, settings.file(), cause.getMessage()), cause);
  }

  @Override
  public synchronized void close() {
    try (root;
        writer) {
      if (!writer.isClosed() && !writer.getAutoCommit()) {
        writer.rollback();
      }
    } catch (SQLException e) {
      throw failed("close", e);
    }
  }
}
