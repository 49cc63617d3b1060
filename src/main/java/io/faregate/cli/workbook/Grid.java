package io.faregate.cli.workbook;

import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/// A sheet with named columns. Rows are counted as in the spreadsheet: 1 is the heading.
final class Grid {
  private static final String HEADING_FILL = "DDE6F0";
  private static final String INPUT_FILL = "FFF8DC";
  private static final double WIDTH = 14;
  private static final int LETTERS = 26;

  private final Worksheet sheet;
  private final String name;
  private final List<String> columns;
  private int lastRow = 1;

  Grid(Workbook workbook, String name, List<String> columns) {
    this.sheet = workbook.newWorksheet(name);
    this.name = name;
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      sheet.value(0, i, columns.get(i));
      sheet.width(i, Math.max(WIDTH, columns.get(i).length() + 2));
    }
    sheet.range(0, 0, 0, columns.size() - 1).style().bold().fillColor(HEADING_FILL).set();
    sheet.freezePane(0, 1);
  }

  /// The number of a new row at the end.
  int addRow() {
    return ++lastRow;
  }

  int lastRow() {
    return lastRow;
  }

  /// A cell as other sheets refer to it.
  String cell(String column, int row) {
    return "'%s'!$%s$%d".formatted(name, letters(column), row);
  }

  /// All rows of a column as other sheets refer to them. A sheet without rows has an empty one.
  String column(String column) {
    return cells(column, Math.max(2, lastRow));
  }

  /// The rows of a column down to one.
  String cells(String column, int last) {
    var letters = letters(column);
    return "'%s'!$%s$2:$%s$%d".formatted(name, letters, letters, last);
  }

  /// Text that people may read.
  void text(String column, int row, @Nullable String text) {
    if (text != null) {
      sheet.value(row - 1, index(column), text);
    }
  }

  /// A number that people may change; a null stays empty.
  void input(String column, int row, @Nullable BigDecimal number, String format) {
    if (number != null) {
      sheet.value(row - 1, index(column), number);
    }
    sheet.style(row - 1, index(column)).format(format).fillColor(INPUT_FILL).set();
  }

  /// Text that people may change.
  void input(String column, int row, @Nullable String text) {
    text(column, row, text);
    sheet.style(row - 1, index(column)).fillColor(INPUT_FILL).set();
  }

  /// A formula, without its equals sign.
  void formula(String column, int row, String formula, String format) {
    // The library writes formulas into the XML as they are.
    var escaped = formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    sheet.formula(row - 1, index(column), escaped);
    sheet.style(row - 1, index(column)).format(format).set();
  }

  /// Makes a row stand out.
  void bold(int row) {
    sheet.range(row - 1, 0, row - 1, columns.size() - 1).style().bold().merge().set();
  }

  private int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(name + " has no column " + column);
    }
    return index;
  }

  private String letters(String column) {
    var letters = new StringBuilder();
    for (int left = index(column); left >= 0; left = left / LETTERS - 1) {
      letters.insert(0, (char) ('A' + left % LETTERS));
    }
    return letters.toString();
  }
}
