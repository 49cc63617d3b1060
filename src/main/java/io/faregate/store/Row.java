package io.faregate.store;

import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.money.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The current row of a result, read column by column from left to right.
public final class Row {
  private final ResultSet result;
  private int column;

  /// The row at which the result stands.
  public Row(ResultSet result) {
    this.result = result;
  }

  /// A text that is there.
  public String text() throws SQLException {
    return there(textOrNull());
  }

  /// A text, or null.
  public @Nullable String textOrNull() throws SQLException {
    return result.getString(++column);
  }

  /// A dimension of a cell, or null if it is empty, which says that it is absent.
  public @Nullable String nameOrNull() throws SQLException {
    var text = text();
    return text.isEmpty() ? null : text;
  }

  /// A whole number that is there.
  public long number() throws SQLException {
    return there(numberOrNull());
  }

  /// A whole number, or null; never 0 for it.
  public @Nullable Long numberOrNull() throws SQLException {
    return result.getObject(++column, Long.class);
  }

  /// A whole number of an `INTEGER` column.
  public int count() throws SQLException {
    return result.getInt(++column);
  }

  /// Yes or no.
  public boolean truth() throws SQLException {
    return result.getBoolean(++column);
  }

  /// A time.
  public Instant instant() throws SQLException {
    return there(instantOrNull());
  }

  /// A time, or null.
  public @Nullable Instant instantOrNull() throws SQLException {
    var time = result.getObject(++column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  /// A day, or null.
  public @Nullable LocalDate dayOrNull() throws SQLException {
    return result.getObject(++column, LocalDate.class);
  }

  /// The constant of that name, written small.
  public <E extends Enum<E>> E word(Class<E> type) throws SQLException {
    return Enum.valueOf(type, text().toUpperCase(Locale.ROOT));
  }

  /// The constant of that name, or null if it is null or empty.
  public <E extends Enum<E>> @Nullable E wordOrNull(Class<E> type) throws SQLException {
    var text = textOrNull();
    return text == null || text.isEmpty()
        ? null
        : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  /// Provider and name, or null if they are null or empty.
  public @Nullable ModelId modelOrNull() throws SQLException {
    var provider = textOrNull();
    var name = textOrNull();
    return provider == null || name == null || provider.isEmpty()
        ? null
        : new ModelId(provider, name);
  }

  /// Six columns of tokens by segment.
  public Segments segments() throws SQLException {
    return new Segments(number(), number(), number(), number(), number(), number());
  }

  /// Six columns of tokens by kind, or null if they are.
  public @Nullable Usage usageOrNull() throws SQLException {
    var input = numberOrNull();
    if (input == null) {
      column += 5;
      return null;
    }
    return new Usage(input, number(), number(), number(), number(), number());
  }

  private <T> T there(@Nullable T value) throws SQLException {
    if (value == null) {
      throw new SQLException("column " + column + " is empty");
    }
    return value;
  }
}
