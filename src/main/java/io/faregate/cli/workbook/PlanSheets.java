package io.faregate.cli.workbook;

import io.faregate.cli.workbook.CallSheet.Length;
import io.faregate.cli.workbook.ResultSheet.Expected;
import io.faregate.cli.workbook.ResultSheet.Total;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.plan.ChainPlan;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.dhatim.fastexcel.Workbook;

/// The sheets of a plan or of a scenario: what comes out, what is put in, and the calls and chains
/// between them. Formulas that look along a whole sheet are written last, when it is complete.
final class PlanSheets {
  private static final String FIRST = "first";
  private static final String FALLBACK = "fallback";
  private static final String CHECK = "check";

  private final Costing costing;
  private final InputSheet inputs;
  private final CallSheet calls;
  private final ChainSheet chains;
  private final ResultSheet results;
  private final List<Row> rows = new ArrayList<>();

  /// A route and its row in the inputs.
  private record Row(Route route, int input) {}

  /// @param name what the names of the sheets begin with
  PlanSheets(Workbook workbook, String name, Costing costing, Shared shared) {
    this.costing = costing;
    this.inputs = new InputSheet(workbook, name + " inputs", shared.prices());
    this.results = new ResultSheet(workbook, name + " results", inputs, shared.month());
    this.calls = new CallSheet(workbook, name + " calls", inputs, shared.prices());
    this.chains = new ChainSheet(workbook, name + " chains");
    costing.routes().forEach(cost -> put(cost.route()));
  }

  /// The sheets that plan and scenarios share.
  record Shared(PriceSheet prices, MonthSheet month) {}

  /// Writes what costs are, once every plan and scenario has named its prices.
  ///
  /// @return the cells of the month
  Total finish() {
    calls.finish();
    var workflows = new LinkedHashSet<String>();
    for (var row : rows) {
      var chain = row.route().chain();
      results.add(
          row.route(),
          row.input(),
          chain != null && row.route().isChained() ? chained(row, chain) : averages(row));
      workflows.add(row.route().workflow());
    }
    return results.finish(workflows, costing.worksheet());
  }

  private void put(Route route) {
    int row = inputs.add(route, costing.prices());
    rows.add(new Row(route, row));
    var length = new Length(row, route.shape().turns());
    var chain = route.chain();
    if (chain != null && route.isChained()) {
      for (int i = 0; i < chain.tiers().size(); i++) {
        calls.add(row, ChainSheet.role(i), length, key(route, chain.tiers().get(i).target(), row));
      }
    } else {
      calls.add(row, FIRST, length, inputs.cell(InputSheet.FIRST, row));
      if (route.fallback() != null) {
        calls.add(row, FALLBACK, length, inputs.cell(InputSheet.FALLBACK, row));
      }
    }
    var check = route.check();
    if (check != null) {
      int checked = inputs.add(route, check, costing.prices());
      calls.add(
          row,
          CHECK,
          new Length(checked, check.shape().turns()),
          inputs.cell(InputSheet.FIRST, checked));
    }
  }

  /// The price of a tier of a chain: that of the inputs, where they name the same tier.
  private String key(Route route, Target target, int row) {
    if (target.equals(route.first())) {
      return inputs.cell(InputSheet.FIRST, row);
    }
    return target.equals(route.fallback())
        ? inputs.cell(InputSheet.FALLBACK, row)
        : "\"" + inputs.key(target, route.shape(), costing.prices()) + "\"";
  }

  /// `C = h + c1 (1 + phi r1) + b c2 (1 + phi r2) + k (1 + b)`. Source: FORMULAS §2.1.
  private Expected averages(Row row) {
    int input = row.input();
    var billed = inputs.cell(InputSheet.BILLED, input);
    var fallback = inputs.cell(InputSheet.FALLBACK_RATE, input);
    var terms = new ArrayList<String>();
    terms.add(inputs.cell(InputSheet.OVERHEAD, input));
    terms.add(
        "(%s)*(1+%s*%s)"
            .formatted(calls.usd(input, FIRST), billed, inputs.cell(InputSheet.RETRY, input)));
    if (row.route().fallback() != null) {
      terms.add(
          "IF(%1$s=0,0,%1$s*(%2$s)*(1+%3$s*%4$s))"
              .formatted(
                  fallback,
                  calls.usd(input, FALLBACK),
                  billed,
                  inputs.cell(InputSheet.FALLBACK_RETRY, input)));
    }
    if (row.route().check() != null) {
      terms.add("%s*(1+%s)".formatted(checkUsd(input), fallback));
    }
    return new Expected(String.join("+", terms), "1-" + inputs.cell(InputSheet.FAILURE, input));
  }

  /// `C = h + sum rho_i T_i`, `P = 1 - prod (1 - s_i)`. Source: FORMULAS §2.2.
  private Expected chained(Row row, ChainPlan chain) {
    int input = row.input();
    var check = row.route().check() == null ? "0" : checkUsd(input);
    var billed = inputs.cell(InputSheet.BILLED, input);
    var tiers = new ArrayList<String>();
    var rest = "1";
    for (int i = 0; i < chain.tiers().size(); i++) {
      int tier =
          chains.add(
              chain.tiers().get(i),
              chain.correlated(),
              new ChainSheet.Costs(calls.usd(input, ChainSheet.role(i)), check, billed),
              rest);
      tiers.add(chains.usd(tier));
      rest = chains.rest(tier);
    }
    return new Expected(
        inputs.cell(InputSheet.OVERHEAD, input) + "+" + String.join("+", tiers), "1-" + rest);
  }

  /// What the checks of one answer in each turn cost.
  private String checkUsd(int input) {
    return "(%s)*%s".formatted(calls.usd(input, CHECK), inputs.cell(InputSheet.TURNS, input));
  }
}
