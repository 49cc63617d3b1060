package io.faregate.store.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.store.RowWriter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Rows for one table, gathered by column and taken over many at once by a statement that reads
/// them as `rows_of_<table>()`. DuckDB's appender would plan an INSERT for every 2,048 rows and go
/// into the library for every text.
final class ColumnRows implements RowWriter {
  /// Four times as many as DuckDB asks for at once, for it plans the statement anew each time.
  private static final int MOST = 8_192;

  /// Rows that there is room for at first: few stores ever take many at once.
  private static final int FEW = 256;

  /// Fewer rows are taken over at once if they have more text than this, in bytes.
  private static final long MOST_TEXT = 4 << 20;

  private static final long MICROS = 1_000_000;

  private final List<Column> columns = new ArrayList<>();
  private final PreparedStatement statement;
  private int room = FEW;
  private int rows;
  private int column;
  private int taken;
  private long textBytes;

  /// Rows of a table of the ledger.
  ///
  /// @param statement what takes them over, from the function `rows_of_<table>()`
  ColumnRows(DuckDBConnection connection, String table, String statement) throws SQLException {
    var catalog = connection.getCatalog();
    try (var found = connection.getMetaData().getColumns(catalog, null, table, null)) {
      while (found.next()) {
        columns.add(Column.of(found.getString("COLUMN_NAME"), found.getString("TYPE_NAME")));
      }
    }
    try (var function = DuckDBFunctions.tableFunction()) {
      var _ = function.withName("rows_of_" + table).withFunction(new Source()).register(connection);
    }
    this.statement = connection.prepareStatement(statement);
  }

  @Override
  public void text(@Nullable String text) {
    textBytes += ((Texts) columns.get(column++)).put(rows, text);
  }

  @Override
  public void number(@Nullable Long number) {
    if (number == null) {
      ((Numbers) columns.get(column++)).putNull(rows);
    } else {
      put(number);
    }
  }

  @Override
  public void count(int number) {
    put(number);
  }

  @Override
  public void truth(boolean truth) {
    put(truth ? 1 : 0);
  }

  @Override
  public void instant(Instant instant) {
    var micros = instant.getLong(ChronoField.MICRO_OF_SECOND);
    put(Math.addExact(instant.getEpochSecond() * MICROS, micros));
  }

  @Override
  public void day(@Nullable LocalDate day) {
    number(day == null ? null : day.toEpochDay());
  }

  private void put(long number) {
    ((Numbers) columns.get(column++)).put(rows, number);
  }

  @Override
  public void end() throws SQLException {
    column = 0;
    if (++rows == MOST || textBytes > MOST_TEXT) {
      flush();
    } else if (rows == room) {
      room *= 2;
      columns.forEach(each -> each.grow(room));
    }
  }

  /// Has the transaction take over all rows so far.
  void flush() throws SQLException {
    if (rows > 0) {
      statement.executeUpdate();
      rows = 0;
      textBytes = 0;
    }
  }

  /// Drops the rows that were not taken over.
  void clear() {
    rows = 0;
    column = 0;
    textBytes = 0;
  }

  /// The rows as a table of DuckDB, which asks for some after some. Its one reader is the
  /// statement.
  private final class Source implements DuckDBTableFunction<Source, Source, Source> {
    @Override
    public Source bind(DuckDBTableFunctionBindInfo table) {
      columns.forEach(each -> table.addResultColumn(each.name, each.type));
      return this;
    }

    @Override
    public Source init(DuckDBTableFunctionInitInfo reading) {
      reading.setMaxThreads(1);
      taken = 0;
      return this;
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) {
      int count = Math.min(rows - taken, (int) chunk.capacity());
      for (int i = 0; i < columns.size() && count > 0; i++) {
        columns.get(i).give(chunk.vector(i), taken, count);
      }
      taken += count;
      return count;
    }
  }

  private abstract static sealed class Column {
    private final String name;
    private final DuckDBColumnType type;

    Column(String name, DuckDBColumnType type) {
      this.name = name;
      this.type = type;
    }

    static Column of(String name, String typeName) {
      var type = DuckDBColumnType.valueOf(typeName);
      return type == DuckDBColumnType.VARCHAR ? new Texts(name, type) : new Numbers(name, type);
    }

    /// Makes room for so many rows.
    abstract void grow(int room);

    /// Writes the values of `count` rows into a vector.
    abstract void give(DuckDBWritableVector vector, int from, int count);
  }

  /// Most texts are those of the row before, and encoded once.
  private static final class Texts extends Column {
    private byte[] @Nullable [] texts = new byte[FEW][];
    private @Nullable String before;
    private byte[] encoded = {};

    Texts(String name, DuckDBColumnType type) {
      super(name, type);
    }

    /// Returns how many bytes more are held for it.
    int put(int row, @Nullable String text) {
      if (text == null) {
        texts[row] = null;
        return 0;
      }
      if (text.equals(before)) {
        texts[row] = encoded;
        return 0;
      }
      before = text;
      encoded = text.getBytes(UTF_8);
      texts[row] = encoded;
      return encoded.length;
    }

    @Override
    void grow(int room) {
      texts = Arrays.copyOf(texts, room);
    }

    @Override
    void give(DuckDBWritableVector vector, int from, int count) {
      vector.setStringUtf8Batch(0, Arrays.copyOfRange(texts, from, from + count));
    }
  }

  /// Everything that is a whole number inside: times as microseconds, days and yes or no too.
  private static final class Numbers extends Column {
    private long[] numbers = new long[FEW];
    private boolean[] absent = new boolean[FEW];
    private final Setter setter;

    @FunctionalInterface
    private interface Setter {
      void set(DuckDBWritableVector vector, int row, long number);
    }

    Numbers(String name, DuckDBColumnType type) {
      super(name, type);
      setter =
          switch (type) {
            case BIGINT -> DuckDBWritableVector::setLong;
            case INTEGER -> (vector, row, number) -> vector.setInt(row, (int) number);
            case BOOLEAN -> (vector, row, number) -> vector.setBoolean(row, number != 0);
            case DATE -> (vector, row, number) -> vector.setDate(row, LocalDate.ofEpochDay(number));
            case TIMESTAMP -> (vector, row, number) -> vector.setTimestamp(row, utc(number));
            default -> throw new IllegalStateException("no column has the type " + type);
          };
    }

    private static LocalDateTime utc(long micros) {
      int nanos = (int) Math.floorMod(micros, MICROS) * 1_000;
      return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), nanos, ZoneOffset.UTC);
    }

    void put(int row, long number) {
      numbers[row] = number;
      absent[row] = false;
    }

    void putNull(int row) {
      absent[row] = true;
    }

    @Override
    void grow(int room) {
      numbers = Arrays.copyOf(numbers, room);
      absent = Arrays.copyOf(absent, room);
    }

    @Override
    void give(DuckDBWritableVector vector, int from, int count) {
      for (int i = 0; i < count; i++) {
        if (absent[from + i]) {
          vector.setNull(i);
        } else {
          setter.set(vector, i, numbers[from + i]);
        }
      }
    }
  }
}
