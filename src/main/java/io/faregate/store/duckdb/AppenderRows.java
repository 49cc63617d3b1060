package io.faregate.store.duckdb;

import io.faregate.store.RowWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Rows through DuckDB's appender, its fastest way in. It keeps them until they are flushed.
final class AppenderRows implements RowWriter {
  private final Opening opening;
  private @Nullable DuckDBAppender appender;
  private boolean inRow;

  @FunctionalInterface
  private interface Opening {
    DuckDBAppender open() throws SQLException;
  }

  private AppenderRows(Opening opening) {
    this.opening = opening;
  }

  /// Appends to a table of the ledger.
  static AppenderRows to(DuckDBConnection connection, String table) {
    return new AppenderRows(() -> connection.createAppender(table));
  }

  /// Appends to a temporary table of the connection.
  static AppenderRows toTemporary(DuckDBConnection connection, String table) {
    return new AppenderRows(() -> connection.createAppender("temp", "main", table));
  }

  private DuckDBAppender row() throws SQLException {
    var open = appender;
    if (open == null) {
      open = opening.open();
      appender = open;
    }
    if (!inRow) {
      open.beginRow();
      inRow = true;
    }
    return open;
  }

  @Override
  public void text(@Nullable String text) throws SQLException {
    if (text == null) {
      row().appendNull();
    } else {
      row().append(text);
    }
  }

  @Override
  public void number(@Nullable Long number) throws SQLException {
    if (number == null) {
      row().appendNull();
    } else {
      row().append(number.longValue());
    }
  }

  @Override
  public void count(int number) throws SQLException {
    row().append(number);
  }

  @Override
  public void truth(boolean truth) throws SQLException {
    row().append(truth);
  }

  @Override
  public void instant(Instant instant) throws SQLException {
    var micros = instant.getLong(ChronoField.MICRO_OF_SECOND);
    row().appendEpochMicros(Math.addExact(instant.getEpochSecond() * 1_000_000, micros));
  }

  @Override
  public void day(@Nullable LocalDate day) throws SQLException {
    if (day == null) {
      row().appendNull();
    } else {
      row().append(day);
    }
  }

  @Override
  public void end() throws SQLException {
    row().endRow();
    inRow = false;
  }

  /// Has the transaction see all rows so far.
  void flush() throws SQLException {
    if (appender != null) {
      appender.flush();
    }
  }

  @Override
  public void close() throws SQLException {
    if (appender != null) {
      appender.close();
    }
  }
}
