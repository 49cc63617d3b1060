package io.faregate.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows under headings, for people: numbers are aligned to the right, and on a screen the widest
/// column of words gives way. Filled and printed by one thread.
public final class Table {
  private static final String GAP = "  ";
  private static final String ABSENT = "-";
  private static final int NARROWEST = 8;

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /// A column, and on which side its cells stand.
  private record Column(String heading, boolean number) {}

  /// Adds columns of words.
  public Table words(String... headings) {
    Arrays.stream(headings).forEach(heading -> columns.add(new Column(heading, false)));
    return this;
  }

  /// Adds columns of numbers.
  public Table numbers(String... headings) {
    Arrays.stream(headings).forEach(heading -> columns.add(new Column(heading, true)));
    return this;
  }

  /// Adds a row, a cell for each column; null shows as a dash.
  public void row(@Nullable Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    var row = new ArrayList<String>();
    for (var cell : cells) {
      row.add(cell == null ? ABSENT : Terminal.plain(cell.toString()));
    }
    rows.add(row);
  }

  /// Whether there is nothing to print.
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Prints headings and rows; nothing when there are no rows.
  public void print(Terminal terminal) {
    if (rows.isEmpty()) {
      return;
    }
    var widths = widths(terminal.columns());
    var headings = columns.stream().map(Column::heading).toList();
    terminal.data(terminal.bold(line(headings, widths)));
    rows.forEach(row -> terminal.data(line(row, widths)));
  }

  private int[] widths(int screen) {
    var widths = columns.stream().mapToInt(column -> length(column.heading())).toArray();
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    if (screen > 0) {
      narrow(widths, screen - GAP.length() * (widths.length - 1));
    }
    return widths;
  }

  private void narrow(int[] widths, int room) {
    int excess = Arrays.stream(widths).sum() - room;
    while (excess > 0) {
      int widest = widest(widths);
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      excess--;
    }
  }

  /// The widest column of words that can still give way, or -1.
  private int widest(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean gives = !columns.get(i).number() && widths[i] > NARROWEST;
      if (gives && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var cell = cut(cells.get(i), widths[i]);
      var space = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).number() ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
