package io.faregate.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows under headings, for people: numbers are aligned to the right, and an optional column
/// without anything in it is left out. On a screen too narrow the widest columns of words give way,
/// then columns that can be spared; names and numbers are never cut. Filled and printed by one
/// thread.
public final class Table {
  private static final String GAP = "  ";
  private static final String ABSENT = "-";
  private static final int NARROWEST = 8;
  private static final Set<String> EMPTY = Set.of(ABSENT, "", "0", "$0");

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<String> optional = new HashSet<>();
  private final List<String> spare = new ArrayList<>();

  /// What a column holds.
  private enum Cells {
    NAMES,
    WORDS,
    NUMBERS
  }

  /// A column, and what it holds.
  private record Column(String heading, Cells cells) {}

  /// Adds columns of names, which are of no use when they are cut.
  public Table names(String... headings) {
    return add(Cells.NAMES, headings);
  }

  /// Adds columns of words.
  public Table words(String... headings) {
    return add(Cells.WORDS, headings);
  }

  /// Adds columns of numbers.
  public Table numbers(String... headings) {
    return add(Cells.NUMBERS, headings);
  }

  /// Leaves out those of these columns in which every row is empty or zero.
  public Table optional(String... headings) {
    optional.addAll(List.of(headings));
    return this;
  }

  /// Leaves out these columns on a screen too narrow, the first one first.
  public Table spare(String... headings) {
    spare.addAll(List.of(headings));
    return this;
  }

  private Table add(Cells cells, String... headings) {
    Arrays.stream(headings).forEach(heading -> columns.add(new Column(heading, cells)));
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
    var shown = filled();
    var spared = terminal.columns() > 0 ? spare(shown, terminal.columns()) : List.<String>of();
    var widths = widths(shown, terminal.columns());
    var headings = columns.stream().map(Column::heading).toList();
    // At once, since a terminal flushes whatever it is given.
    var lines = new StringJoiner(System.lineSeparator());
    lines.add(terminal.bold(line(shown, headings, widths)));
    rows.forEach(row -> lines.add(line(shown, row, widths)));
    terminal.data(lines.toString());
    if (!spared.isEmpty()) {
      terminal.note("(left out for want of room: %s)".formatted(String.join(", ", spared)));
    }
  }

  /// Prints headings and rows as a table of Markdown; nothing when there are no rows.
  public void printMarkdown(Terminal terminal) {
    if (rows.isEmpty()) {
      return;
    }
    var shown = filled();
    var headings = columns.stream().map(Column::heading).map(Table::sentence).toList();
    var rules =
        columns.stream().map(column -> column.cells() == Cells.NUMBERS ? "---:" : "---").toList();
    var lines = new StringJoiner(System.lineSeparator());
    lines.add(markdown(shown, headings));
    lines.add(markdown(shown, rules));
    rows.forEach(row -> lines.add(markdown(shown, row)));
    terminal.data(lines.toString());
  }

  private static String markdown(List<Integer> shown, List<String> cells) {
    return shown.stream()
        .map(i -> cells.get(i).replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /// A heading in small letters: there, no colour sets it apart.
  private static String sentence(String heading) {
    return heading.toLowerCase(Locale.ROOT);
  }

  /// The columns worth showing.
  private List<Integer> filled() {
    return IntStream.range(0, columns.size())
        .filter(i ->
            !optional.contains(columns.get(i).heading())
                || rows.stream().anyMatch(row -> !EMPTY.contains(row.get(i))))
        .boxed()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /// Takes out columns that can be spared until the rest can be made narrow enough.
  private List<String> spare(List<Integer> shown, int screen) {
    var spared = new ArrayList<String>();
    for (var heading : spare) {
      if (total(narrowed(shown, screen)) <= room(shown, screen)) {
        break;
      }
      if (shown.removeIf(i -> columns.get(i).heading().equals(heading))) {
        spared.add(heading);
      }
    }
    return spared;
  }

  private int[] widths(List<Integer> shown, int screen) {
    return screen > 0 ? narrowed(shown, screen) : natural(shown);
  }

  /// The widths that leave everything whole.
  private int[] natural(List<Integer> shown) {
    return shown.stream()
        .mapToInt(i ->
            Math.max(
                length(columns.get(i).heading()),
                rows.stream().mapToInt(row -> length(row.get(i))).max().orElse(0)))
        .toArray();
  }

  private int[] narrowed(List<Integer> shown, int screen) {
    var widths = natural(shown);
    int excess = total(widths) - room(shown, screen);
    while (excess > 0) {
      int widest = widest(shown, widths);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private static int room(List<Integer> shown, int screen) {
    return screen - GAP.length() * (shown.size() - 1);
  }

  private static int total(int[] widths) {
    return Arrays.stream(widths).sum();
  }

  /// The widest column of words that can still give way, or -1.
  private int widest(List<Integer> shown, int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean gives = columns.get(shown.get(i)).cells() == Cells.WORDS && widths[i] > NARROWEST;
      if (gives && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<Integer> shown, List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var cell = cut(cells.get(shown.get(i)), widths[i]);
      var space = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : GAP);
      var number = columns.get(shown.get(i)).cells() == Cells.NUMBERS;
      line.append(number ? space + cell : cell + space);
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
