package io.faregate.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Takes rows of one table, value by value in the order of its columns.
public interface RowWriter {
  /// A text, or NULL.
  void text(@Nullable String text) throws SQLException;

  /// A whole number, or NULL.
  void number(@Nullable Long number) throws SQLException;

  /// A whole number of an `INTEGER` column.
  void count(int number) throws SQLException;

  /// Yes or no.
  void truth(boolean truth) throws SQLException;

  /// A time, kept as UTC to the microsecond.
  void instant(Instant instant) throws SQLException;

  /// A day, or NULL.
  void day(@Nullable LocalDate day) throws SQLException;

  /// Ends the row.
  void end() throws SQLException;
}
