package io.faregate.cli.workbook;

import io.faregate.worksheet.plan.Human;
import io.faregate.worksheet.plan.Worksheet;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;

/// What a month starts, and what people cost who step in.
final class MonthSheet {
  private static final String WHAT = "WHAT";
  private static final String NUMBER = "NUMBER";
  private static final int NANO_DIGITS = 9;

  private final Grid grid;
  private final Map<String, Integer> actions = new HashMap<>();
  private final int perFailure;
  private final int perCorrection;
  private final int completes;

  MonthSheet(Workbook workbook, Worksheet worksheet) {
    this.grid = new Grid(workbook, "Month", List.of(WHAT, NUMBER));
    worksheet
        .actions()
        .forEach((workflow, started) ->
            actions.put(
                workflow,
                add("actions of " + workflow, BigDecimal.valueOf(started), Formats.COUNT)));
    var human = worksheet.human();
    perFailure = add("USD of people for each failure", usd(human.perFailureNanoUsd()), Formats.USD);
    perCorrection =
        add("USD of people for each correction", usd(human.perCorrectionNanoUsd()), Formats.USD);
    completes = add("people complete what failed (1 or 0)", completes(human), Formats.COUNT);
  }

  /// The cell with the actions that start in a workflow.
  String actions(String workflow) {
    return grid.cell(NUMBER, Objects.requireNonNull(actions.get(workflow), workflow));
  }

  String perFailure() {
    return grid.cell(NUMBER, perFailure);
  }

  String perCorrection() {
    return grid.cell(NUMBER, perCorrection);
  }

  /// The cell that is 1 where people complete what failed.
  String completes() {
    return grid.cell(NUMBER, completes);
  }

  private int add(String what, BigDecimal number, String format) {
    int row = grid.addRow();
    grid.text(WHAT, row, what);
    grid.input(NUMBER, row, number, format);
    return row;
  }

  private static BigDecimal usd(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, NANO_DIGITS);
  }

  private static BigDecimal completes(Human human) {
    return human.completesFailed() ? BigDecimal.ONE : BigDecimal.ZERO;
  }
}
