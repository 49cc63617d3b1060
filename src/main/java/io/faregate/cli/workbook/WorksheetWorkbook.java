package io.faregate.cli.workbook;

import io.faregate.cli.workbook.PlanSheets.Shared;
import io.faregate.cli.workbook.ResultSheet.Total;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.plan.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;

/// A worksheet as an XLSX workbook in which every result is a formula: whoever changes an input, a
/// price or a number of the month sees what it does. The plan and each scenario have sheets of
/// their own; prices and the month are shared.
public final class WorksheetWorkbook {
  /// Rows of calls that a spreadsheet still recalculates at once.
  private static final long MOST_CALLS = 100_000;

  /// Names of sheets have at most 31 characters, of which ours end with up to eight.
  private static final int NAME_LENGTH = 22;

  private WorksheetWorkbook() {}

  /// Writes the plan and its scenarios.
  ///
  /// @throws IllegalArgumentException if that is more than a spreadsheet takes
  public static void write(Comparison comparison, OutputStream out) throws IOException {
    var plans = plans(comparison);
    var calls = plans.values().stream().mapToLong(WorksheetWorkbook::calls).sum();
    if (calls > MOST_CALLS) {
      throw new IllegalArgumentException(
          "the calls behind it are %,d rows, and a workbook holds %,d"
              .formatted(calls, MOST_CALLS));
    }
    try (var workbook = new Workbook(out, "Faregate", "1.0")) {
      var summary =
          new Grid(workbook, "Summary", List.of("WHAT", "MONTH USD", "UNPRICED", "DIFFERENCE"));
      var shared =
          new Shared(
              new PriceSheet(workbook), new MonthSheet(workbook, comparison.plan().worksheet()));
      var sheets = new LinkedHashMap<String, PlanSheets>();
      plans.forEach((name, plan) -> sheets.put(name, new PlanSheets(workbook, name, plan, shared)));
      sheets.forEach((name, plan) -> summarize(summary, name, plan.finish()));
    }
  }

  private static void summarize(Grid summary, String name, Total total) {
    int row = summary.addRow();
    summary.text("WHAT", row, name);
    summary.formula("MONTH USD", row, total.usd(), Formats.USD);
    summary.formula("UNPRICED", row, total.unpriced(), Formats.COUNT);
    if (row > 2) {
      summary.formula(
          "DIFFERENCE",
          row,
          "IF(%s+%s>0,\"unknown\",%s-%s)"
              .formatted(
                  summary.cell("UNPRICED", row),
                  summary.cell("UNPRICED", 2),
                  summary.cell("MONTH USD", row),
                  summary.cell("MONTH USD", 2)),
          Formats.USD);
    }
  }

  private static SequencedMap<String, Costing> plans(Comparison comparison) {
    var plans = new LinkedHashMap<String, Costing>();
    plans.put("plan", comparison.plan());
    var taken = new HashSet<>(Set.of("plan"));
    comparison.scenarios().forEach((name, costing) -> plans.put(sheetName(name, taken), costing));
    return plans;
  }

  /// A name that a sheet may have and none has yet; case does not count.
  private static String sheetName(String scenario, Set<String> taken) {
    var plain = scenario.replaceAll("[^A-Za-z0-9_ -]", "_");
    var name = plain.substring(0, Math.min(NAME_LENGTH, plain.length()));
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      var end = " " + i;
      name = plain.substring(0, Math.min(NAME_LENGTH - end.length(), plain.length())) + end;
    }
    return name;
  }

  private static long calls(Costing costing) {
    return costing.routes().stream().mapToLong(cost -> calls(cost.route())).sum();
  }

  private static long calls(Route route) {
    var chain = route.chain();
    long tiers =
        chain != null && route.isChained()
            ? chain.tiers().size()
            : route.fallback() == null ? 1 : 2;
    var check = route.check();
    return tiers * route.shape().turns() + (check == null ? 0 : check.shape().turns());
  }
}
