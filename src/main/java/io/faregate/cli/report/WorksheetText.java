package io.faregate.cli.report;

import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.compare.Difference;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.RouteCost;
import io.faregate.worksheet.cost.WorkflowCost;
import io.faregate.worksheet.plan.Basis;
import io.faregate.worksheet.report.Remarks;
import io.faregate.worksheet.report.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A worksheet as tables: routes, the attempts behind them, workflows, and scenarios.
public final class WorksheetText {
  private static final String TOTAL = "total";

  private final Paper paper;

  /// @param markdown whether to write Markdown instead of tables for a screen
  public WorksheetText(Terminal terminal, boolean markdown) {
    this.paper = new Paper(terminal, markdown);
  }

  /// Prints the plan, with each scenario on a line.
  public void print(Comparison comparison) {
    var plan = comparison.plan();
    paper.title(title(plan));
    routes(plan);
    attempts(plan);
    workflows(plan);
    paper.list("Worth saying", Remarks.of(plan));
    scenarios(comparison);
  }

  /// Prints the scenarios side by side, route by route.
  public void printSideBySide(Comparison comparison) {
    paper.title(title(comparison.plan()));
    sideBySide(comparison);
    actions(comparison);
    comparison
        .scenarios()
        .forEach((name, costing) ->
            paper.list("Worth saying of " + name, Remarks.ofScenario(costing, comparison.plan())));
  }

  private static String title(Costing plan) {
    var bases =
        Arrays.stream(Basis.values())
            .map(basis -> count(plan, basis))
            .filter(counted -> !counted.isEmpty())
            .collect(Collectors.joining(", "));
    return "Estimate for a month at the prices of %s (rows: %s)"
        .formatted(plan.worksheet().day(), bases);
  }

  private static String count(Costing plan, Basis basis) {
    var rows = plan.routes().stream().filter(cost -> cost.route().basis() == basis).count();
    return rows == 0 ? "" : Figures.count(rows) + " " + basis.word();
  }

  private void routes(Costing plan) {
    var table =
        new Table()
            .names("WORKFLOW", "STEP", "FIRST", "FALLBACK")
            .numbers("CALLS", "PER STARTED", "PER COMPLETED", "WITH PEOPLE", "MONTH USD", "SHARE")
            .names("BY", "BASIS")
            .optional("FALLBACK", "WITH PEOPLE", "BY")
            .spare("BASIS", "SHARE", "FALLBACK", "PER STARTED");
    var total = plan.totalUsd();
    var places = Dollars.places(total);
    var months = Dollars.column(months(plan.routes()), places);
    var shares = shares(months(plan.routes()), total);
    var chained = plan.routes().stream().anyMatch(cost -> cost.route().isChained());
    var people = plan.humanUsd().signum() > 0;
    for (int i = 0; i < plan.routes().size(); i++) {
      var cost = plan.routes().get(i);
      var route = cost.route();
      table.row(
          route.workflow(),
          route.step(),
          route.first().name(),
          route.fallback() == null ? null : route.fallback().name(),
          Words.count(cost.requests()),
          Dollars.shown(cost.perStartedUsd(), Dollars.OF_A_CALL),
          perCall(cost, cost.perCompletedUsd()),
          people ? perCall(cost, cost.loadedPerCompletedUsd()) : null,
          Dollars.shown(months.get(i), places),
          shares.get(i),
          chained ? route.isChained() ? "chain" : "averages" : null,
          route.basis().word());
    }
    table.row(
        TOTAL,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        Dollars.sum(total, plan.unpriced(), places),
        total == null || total.signum() == 0 ? null : "100%",
        "",
        "");
    paper.table("", table);
  }

  /// Shares of the total that add up to 100%; of what is unpriced there is none.
  private static List<@Nullable String> shares(
      List<@Nullable BigDecimal> amounts, @Nullable BigDecimal total) {
    var shares = new ArrayList<@Nullable BigDecimal>();
    for (var amount : amounts) {
      shares.add(
          amount == null || total == null || total.signum() == 0
              ? null
              : amount.divide(total, MathContext.DECIMAL128));
    }
    var shown = new ArrayList<@Nullable String>();
    for (var share : Dollars.column(shares, 3)) {
      shown.add(share == null ? null : Words.percent(share, 1));
    }
    return shown;
  }

  private void attempts(Costing plan) {
    var table =
        new Table()
            .names("WORKFLOW", "STEP", "ATTEMPT", "TIER", "MODEL")
            .numbers("ATTEMPTS", "EACH", "MONTH USD")
            .optional("STEP", "TIER")
            .spare("EACH", "WORKFLOW");
    var lines = AttemptLine.of(plan);
    var amounts = new ArrayList<@Nullable BigDecimal>();
    lines.forEach(line -> amounts.add(line.usd()));
    var places = Dollars.places(plan.totalUsd());
    var months = Dollars.column(amounts, places).iterator();
    for (var line : lines) {
      table.row(
          line.workflow(),
          line.step(),
          line.kind().word(),
          line.target().tier(),
          line.target().model(),
          Words.count(line.attempts()),
          line.attempts().signum() == 0 ? null : Dollars.shown(line.eachUsd(), Dollars.OF_A_CALL),
          Dollars.sum(months.next(), line.unpriced(), places));
    }
    paper.table("The attempts behind it", table);
  }

  private void workflows(Costing plan) {
    var table =
        new Table()
            .names("WORKFLOW")
            .numbers("ACTIONS", "FAILED", "PER STARTED", "PER COMPLETED", "WITH PEOPLE")
            .numbers("ON " + top(plan), "MONTH USD", "PEOPLE USD")
            .optional("WITH PEOPLE", "PEOPLE USD", "ON ")
            .spare("FAILED", "ON " + top(plan), "PER STARTED");
    var places = Dollars.places(plan.totalUsd());
    var workflows = plan.workflows();
    var amounts = new ArrayList<@Nullable BigDecimal>();
    workflows.forEach(workflow -> amounts.add(workflow.monthlyUsd()));
    var months = Dollars.column(amounts, places);
    for (int i = 0; i < workflows.size(); i++) {
      var workflow = workflows.get(i);
      var people = workflow.humanMonthlyUsd().signum() > 0;
      table.row(
          workflow.workflow(),
          workflow.actions() == null ? null : Figures.count(workflow.actions()),
          Words.count(workflow.failedActions()),
          perAction(workflow, workflow.perStartedUsd()),
          perAction(workflow, workflow.perCompletedUsd()),
          people ? perAction(workflow, workflow.loadedPerCompletedUsd()) : null,
          top(plan).isEmpty()
              ? null
              : Words.percent(Costing.premiumShare(workflow, plan.worksheet()), 1),
          Dollars.sum(months.get(i), workflow.unpriced(), places),
          people ? Dollars.shown(workflow.humanMonthlyUsd(), 2) : null);
    }
    paper.table("Actions", table);
  }

  private static String top(Costing plan) {
    var tiers = plan.worksheet().tiers();
    return tiers.size() < 2 ? "" : tiers.lastEntry().getKey().toUpperCase(Locale.ROOT);
  }

  /// The cost of a completed call; a dash where calls have a price and none is completed.
  static @Nullable String perCall(RouteCost cost, @Nullable BigDecimal usd) {
    return usd == null && cost.perStartedUsd() != null
        ? null
        : Dollars.shown(usd, Dollars.OF_A_CALL);
  }

  /// The cost of an action; a dash where nobody said how many there are, or none is completed.
  static @Nullable String perAction(WorkflowCost workflow, @Nullable BigDecimal usd) {
    return workflow.actions() == null || (usd == null && workflow.unpriced() == 0)
        ? null
        : Dollars.shown(usd, Dollars.OF_A_CALL);
  }

  private void scenarios(Comparison comparison) {
    var table =
        new Table()
            .names("SCENARIO", "PRICES")
            .numbers("MONTH USD", "DIFFERENCE", "CHANGE", "PEOPLE USD")
            .optional("PEOPLE USD")
            .spare("PRICES", "PEOPLE USD");
    if (comparison.scenarios().isEmpty()) {
      return;
    }
    var places = Dollars.places(comparison.plan().totalUsd());
    for (var costing : comparison.scenarios().values()) {
      places = Math.min(places, Dollars.places(costing.totalUsd()));
    }
    table.row(line("(plan)", comparison.plan(), null, places));
    for (var scenario : comparison.scenarios().entrySet()) {
      var difference = comparison.diff(scenario.getKey()).total();
      table.row(line(scenario.getKey(), scenario.getValue(), difference, places));
    }
    paper.table("Scenarios", table);
  }

  private static @Nullable Object[] line(
      String name, Costing costing, @Nullable Difference difference, int places) {
    return new @Nullable Object[] {
      name,
      costing.worksheet().day(),
      Dollars.sum(costing.totalUsd(), costing.unpriced(), places),
      difference == null ? null : Dollars.difference(difference.usd(), places),
      difference == null ? null : change(difference),
      costing.humanUsd().signum() == 0 ? null : Dollars.shown(costing.humanUsd(), 2)
    };
  }

  /// A difference in per cent with its sign; null when unknown.
  static @Nullable String change(Difference difference) {
    var share = difference.share();
    return share == null ? null : (share.signum() > 0 ? "+" : "") + Words.percent(share, 1);
  }

  private void sideBySide(Comparison comparison) {
    var plan = comparison.plan();
    var table = new Table().names("WORKFLOW", "STEP").numbers("PLAN");
    for (var name : comparison.scenarios().keySet()) {
      var _ = table.numbers(name, "+/-");
    }
    var places = Dollars.places(plan.totalUsd());
    var columns = new ArrayList<List<@Nullable BigDecimal>>();
    columns.add(months(plan, places));
    comparison.scenarios().values().forEach(costing -> columns.add(months(costing, places)));
    for (int i = 0; i < plan.routes().size(); i++) {
      var cells = new ArrayList<@Nullable Object>();
      cells.add(plan.routes().get(i).route().workflow());
      cells.add(plan.routes().get(i).route().step());
      for (var column : columns) {
        pair(cells, columns.getFirst().get(i), column.get(i), places);
      }
      table.row(cells.toArray());
    }
    var cells = new ArrayList<@Nullable Object>(List.of(TOTAL, ""));
    cells.add(Dollars.sum(plan.totalUsd(), plan.unpriced(), places));
    for (var scenario : comparison.scenarios().entrySet()) {
      var costing = scenario.getValue();
      cells.add(Dollars.sum(costing.totalUsd(), costing.unpriced(), places));
      cells.add(Dollars.difference(comparison.diff(scenario.getKey()).total().usd(), places));
    }
    table.row(cells.toArray());
    paper.table("Dollars a month", table);
  }

  private static List<@Nullable BigDecimal> months(List<RouteCost> routes) {
    var months = new ArrayList<@Nullable BigDecimal>();
    routes.forEach(route -> months.add(route.monthlyUsd()));
    return months;
  }

  private static List<@Nullable BigDecimal> months(Costing costing, int places) {
    return Dollars.column(months(costing.routes()), places);
  }

  /// Adds the amount of a scenario and its difference; of the plan, which comes first, only the
  /// amount.
  private static void pair(
      List<@Nullable Object> cells,
      @Nullable BigDecimal plan,
      @Nullable BigDecimal other,
      int places) {
    cells.add(Dollars.shown(other, places));
    if (cells.size() > 3) {
      cells.add(Dollars.difference(Difference.of(plan, other).usd(), places));
    }
  }

  private void actions(Comparison comparison) {
    var table = new Table().names("WORKFLOW").numbers("PLAN");
    for (var name : comparison.scenarios().keySet()) {
      var _ = table.numbers(name);
    }
    var plans = comparison.plan().workflows();
    for (int i = 0; i < plans.size(); i++) {
      var cells = new ArrayList<@Nullable Object>();
      cells.add(plans.get(i).workflow());
      cells.add(perAction(plans.get(i), plans.get(i).perCompletedUsd()));
      for (var costing : comparison.scenarios().values()) {
        var workflow = costing.workflows().get(i);
        cells.add(perAction(workflow, workflow.perCompletedUsd()));
      }
      table.row(cells.toArray());
    }
    paper.table("Dollars for each completed action", table);
  }
}
