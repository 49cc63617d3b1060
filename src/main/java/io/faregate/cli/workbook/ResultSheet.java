package io.faregate.cli.workbook;

import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Volume;
import io.faregate.worksheet.plan.Worksheet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;

/// What routes, workflows and the month cost. Source of the formulas: FORMULAS §2.
final class ResultSheet {
  private static final String WORKFLOW = "WORKFLOW";
  private static final String STEP = "STEP";
  private static final String REQUESTS = "REQUESTS";
  private static final String STARTED = "PER STARTED";
  private static final String COMPLETED = "COMPLETED";
  private static final String PER_COMPLETED = "PER COMPLETED";
  private static final String PEOPLE = "PEOPLE PER STARTED";
  private static final String LOADED = "WITH PEOPLE PER COMPLETED";
  private static final String MONTH = "MONTH USD";
  private static final String SHARE = "SHARE";
  private static final String FAILED = "FAILED";
  private static final String UNPRICED = "UNPRICED";

  private final Grid grid;
  private final InputSheet inputs;
  private final MonthSheet month;
  private final Map<Route.Key, Integer> rows = new HashMap<>();

  ResultSheet(Workbook workbook, String name, InputSheet inputs, MonthSheet month) {
    this.grid =
        new Grid(
            workbook,
            name,
            List.of(
                WORKFLOW,
                STEP,
                REQUESTS,
                STARTED,
                COMPLETED,
                PER_COMPLETED,
                PEOPLE,
                LOADED,
                MONTH,
                SHARE,
                FAILED,
                UNPRICED));
    this.inputs = inputs;
    this.month = month;
  }

  /// What a call that starts costs, and the share of them that end well, as formulas.
  record Expected(String started, String completed) {}

  /// The cells with the dollars of a month, and with the number of routes that they leave out.
  record Total(String usd, String unpriced) {}

  /// Writes a route. Those whose calls it counts stand above it.
  ///
  /// @param input its row in the inputs
  void add(Route route, int input, Expected expected) {
    int row = grid.addRow();
    rows.put(route.key(), row);
    grid.text(WORKFLOW, row, route.workflow());
    grid.text(STEP, row, route.step());
    grid.formula(REQUESTS, row, requests(route, input), Formats.CALLS);
    money(STARTED, row, expected.started());
    grid.formula(COMPLETED, row, expected.completed(), Formats.SHARE);
    var started = grid.cell(STARTED, row);
    var completed = grid.cell(COMPLETED, row);
    var people = grid.cell(PEOPLE, row);
    money(PER_COMPLETED, row, perCompleted(started, completed));
    money(
        PEOPLE,
        row,
        "(1-%1$s)*%2$s+%1$s*%3$s*%4$s"
            .formatted(
                completed,
                month.perFailure(),
                inputs.cell(InputSheet.CORRECTION, input),
                month.perCorrection()));
    money(LOADED, row, perCompleted(started + "+" + people, loadedCompleted(completed)));
    var calls = grid.cell(REQUESTS, row);
    grid.formula(
        MONTH,
        row,
        "IF(%1$s=0,0,IFERROR(%1$s*%2$s,%3$s))".formatted(calls, started, Formats.UNPRICED),
        Formats.USD);
    grid.formula(FAILED, row, "%s*(1-%s)".formatted(calls, completed), Formats.CALLS);
  }

  /// Writes the month, then each workflow, and answers with the cells of the month.
  Total finish(Collection<String> workflows, Worksheet worksheet) {
    int last = grid.lastRow();
    var months = grid.column(MONTH);
    int row = grid.addRow();
    var total = grid.cell(MONTH, row);
    var unpriced = grid.cell(UNPRICED, row);
    grid.text(WORKFLOW, row, "total");
    grid.formula(STEP, row, "IF(%1$s=0,\"\",%1$s&\" unpriced\")".formatted(unpriced), "@");
    grid.formula(
        UNPRICED, row, "COUNTIF(%s,%s)".formatted(months, Formats.UNPRICED), Formats.COUNT);
    grid.formula(MONTH, row, "SUM(%s)".formatted(months), Formats.USD);
    grid.bold(row);
    for (int route = 2; route <= last; route++) {
      grid.formula(
          SHARE,
          route,
          "IFERROR(%s/%s,\"\")".formatted(grid.cell(MONTH, route), total),
          Formats.SHARE);
    }
    for (var workflow : workflows) {
      if (worksheet.actions().containsKey(workflow)) {
        workflow(workflow, last);
      }
    }
    return new Total(total, unpriced);
  }

  /// A line for each action of a workflow, as for each call of a route.
  private void workflow(String workflow, int last) {
    int row = grid.addRow();
    grid.text(WORKFLOW, row, workflow);
    grid.text(STEP, row, "(each action)");
    var actions = month.actions(workflow);
    var requests = grid.cell(REQUESTS, row);
    var failed = grid.cell(FAILED, row);
    var completed = grid.cell(COMPLETED, row);
    var monthly = grid.cell(MONTH, row);
    grid.formula(REQUESTS, row, actions, Formats.CALLS);
    var own = own(row, last);
    var unpriced = grid.cell(UNPRICED, row);
    grid.formula(FAILED, row, sum(own, FAILED, last), Formats.CALLS);
    grid.formula(
        COMPLETED, row, "MAX(0,(%1$s-%2$s)/%1$s)".formatted(requests, failed), Formats.SHARE);
    grid.formula(
        UNPRICED,
        row,
        "SUMPRODUCT(%s*(%s=%s))".formatted(own, grid.cells(MONTH, last), Formats.UNPRICED),
        Formats.COUNT);
    money(
        MONTH,
        row,
        "IF(AND(%2$s>0,%1$s=0),%3$s,%1$s)"
            .formatted(sum(own, MONTH, last), unpriced, Formats.UNPRICED));
    money(
        STARTED, row, "IF(%s>0,%s,%s/%s)".formatted(unpriced, Formats.UNPRICED, monthly, requests));
    var started = grid.cell(STARTED, row);
    money(PER_COMPLETED, row, perCompleted(started, completed));
    money(
        PEOPLE,
        row,
        "SUMPRODUCT(%s*%s*%s)/%s"
            .formatted(own, grid.cells(PEOPLE, last), grid.cells(REQUESTS, last), requests));
    money(
        LOADED,
        row,
        perCompleted(started + "+" + grid.cell(PEOPLE, row), loadedCompleted(completed)));
    grid.bold(row);
  }

  /// What each completed one costs; a dash where that has a price and none is completed.
  private static String perCompleted(String usd, String completed) {
    return "IF(AND(ISNUMBER(%1$s),%2$s=0),\"-\",(%1$s)/%2$s)".formatted(usd, completed);
  }

  /// The share that ends well with the people who step in.
  private String loadedCompleted(String completed) {
    return "IF(%s=1,1,%s)".formatted(month.completes(), completed);
  }

  /// The rows of a workflow added up, but for those that are unpriced: as an argument of its own,
  /// text counts as nothing.
  private String sum(String own, String column, int last) {
    return "SUMPRODUCT(%s,%s)".formatted(own, grid.cells(column, last));
  }

  /// For each row, 1 if it is of the workflow that is named in another; case counts, as it does not
  /// for `=`.
  private String own(int row, int last) {
    return "(1*EXACT(%s,%s))".formatted(grid.cells(WORKFLOW, last), grid.cell(WORKFLOW, row));
  }

  private String requests(Route route, int input) {
    var said = inputs.cell(InputSheet.REQUESTS, input);
    return switch (route.volume()) {
      case Volume.Stated _ -> said;
      case Volume.OfActions _ -> said + "*" + month.actions(route.workflow());
      case Volume.OfStep of -> {
        int above = Objects.requireNonNull(rows.get(of.above(route)));
        var calls = grid.cell(REQUESTS, above);
        var failed = grid.cell(FAILED, above);
        yield said
            + "*"
            + switch (of.outcome()) {
              case STARTED -> calls;
              case COMPLETED -> "(%s-%s)".formatted(calls, failed);
              case FAILED -> failed;
            };
      }
    };
  }

  private void money(String column, int row, String formula) {
    grid.formula(
        column, row, "IFERROR(%s,%s)".formatted(formula, Formats.UNPRICED), Formats.USD_OF_A_CALL);
  }
}
