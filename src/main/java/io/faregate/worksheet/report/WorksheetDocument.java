package io.faregate.worksheet.report;

import io.faregate.money.LargestRemainder;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.compare.Difference;
import io.faregate.worksheet.compare.Thresholds.Finding;
import io.faregate.worksheet.compare.WorksheetDiff;
import io.faregate.worksheet.cost.AttemptCost;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.RouteCost;
import io.faregate.worksheet.cost.WorkflowCost;
import io.faregate.worksheet.measured.Explained;
import io.faregate.worksheet.measured.PlanAgainst;
import io.faregate.worksheet.plan.Target;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Worksheets in the shapes of JSON (PRODUCT §4): nested maps and lists, for an edge to write.
/// Money is a decimal string in US dollars with nine places, null when unpriced.
public final class WorksheetDocument {
  private static final int NANO_DIGITS = 9;
  private static final int SHARE_DIGITS = 6;

  private WorksheetDocument() {}

  /// A worksheet with its scenarios.
  public static Map<String, @Nullable Object> of(Comparison comparison) {
    var document = costing(comparison.plan());
    document.put("remarks", Remarks.of(comparison.plan()));
    var scenarios = new LinkedHashMap<String, @Nullable Object>();
    comparison
        .scenarios()
        .forEach((name, costing) -> {
          var scenario = costing(costing);
          scenario.put("difference_usd", usd(comparison.diff(name).total().usd()));
          scenarios.put(name, scenario);
        });
    document.put("scenarios", scenarios);
    return document;
  }

  /// A plan beside what happened.
  public static Map<String, @Nullable Object> of(PlanAgainst against) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("from", against.span().from().toString());
    document.put("to", against.span().to().toString());
    document.put("month_share", rounded(against.months()));
    document.put("routes", against.lines().stream().map(WorksheetDocument::line).toList());
    var total = line(against.total());
    List.of("workflow", "step", "planned_calls", "explained").forEach(total::remove);
    document.put("total", total);
    document.put("remarks", against.remarks());
    return document;
  }

  private static Map<String, @Nullable Object> line(PlanAgainst.Line line) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("workflow", line.place().workflow());
    fields.put("step", line.place().step());
    var calls = line.plannedCalls();
    fields.put("planned_calls", calls == null ? null : count(calls));
    fields.put("calls", line.calls());
    fields.put("planned_usd", usd(line.planned()));
    fields.put("actual_usd", usd(line.actual()));
    fields.put("difference_usd", usd(line.difference()));
    fields.put("in_doubt_usd", usd(line.inDoubt()));
    fields.put("unpriced_attempts", line.unpriced());
    fields.put("explained", parts(line.parts()));
    return fields;
  }

  /// The parts of a difference, rounded so that they add up to it.
  private static Map<String, String> parts(Map<Explained.Factor, BigDecimal> parts) {
    var factors = Arrays.stream(Explained.Factor.values()).filter(parts::containsKey).toList();
    var amounts = factors.stream().map(parts::get).map(Objects::requireNonNull).toList();
    var rounded = LargestRemainder.rounded(amounts, NANO_DIGITS);
    var fields = new LinkedHashMap<String, String>();
    for (int i = 0; i < factors.size(); i++) {
      fields.put(factors.get(i).name().toLowerCase(Locale.ROOT), rounded.get(i).toPlainString());
    }
    return fields;
  }

  /// The difference of two worksheets, and what of it is over a threshold.
  public static Map<String, @Nullable Object> of(WorksheetDiff diff, List<Finding> findings) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("estimate", true);
    document.put("past_prices", diff.past().worksheet().day().toString());
    document.put("new_prices", diff.next().worksheet().day().toString());
    document.put(
        "routes",
        diff.routes().stream()
            .map(route -> {
              var fields = new LinkedHashMap<String, @Nullable Object>();
              fields.put("workflow", route.either().route().workflow());
              fields.put("step", route.either().route().step());
              put(fields, "monthly", route.monthly());
              put(fields, "cost_per_completed", route.perCompleted());
              return fields;
            })
            .toList());
    document.put(
        "workflows", diff.next().workflows().stream().map(each -> workflow(each, diff)).toList());
    document.put("past_total_usd", usd(diff.past().totalUsd()));
    document.put("new_total_usd", usd(diff.next().totalUsd()));
    document.put("total_difference_usd", usd(diff.total().usd()));
    document.put("past_unpriced_routes", diff.past().unpriced());
    document.put("new_unpriced_routes", diff.next().unpriced());
    document.put(
        "findings",
        findings.stream()
            .map(finding -> Map.of("id", finding.id(), "text", finding.text()))
            .toList());
    return document;
  }

  private static Map<String, @Nullable Object> workflow(WorkflowCost workflow, WorksheetDiff diff) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("workflow", workflow.workflow());
    var past = diff.past(workflow);
    put(
        fields,
        "cost_per_action_completed",
        new Difference(
            past.map(WorkflowCost::perCompletedUsd).orElse(null),
            workflow.perCompletedUsd(),
            past.isPresent(),
            true));
    fields.put("premium_share", premium(workflow, diff.next()));
    return fields;
  }

  private static void put(
      Map<String, @Nullable Object> fields, String name, Difference difference) {
    fields.put("past_" + name + "_usd", usd(difference.past()));
    fields.put("new_" + name + "_usd", usd(difference.next()));
    fields.put(name + "_difference_usd", usd(difference.usd()));
  }

  /// The routes alone, as they stand in the whole; each is made when it is asked for, since there
  /// may be many.
  public static List<Map<String, @Nullable Object>> routes(Costing costing) {
    var total = costing.totalUsd();
    var routes = costing.routes();
    return new AbstractList<>() {
      @Override
      public Map<String, @Nullable Object> get(int index) {
        return route(routes.get(index), total);
      }

      @Override
      public int size() {
        return routes.size();
      }
    };
  }

  private static Map<String, @Nullable Object> costing(Costing costing) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("estimate", true);
    document.put("prices", costing.worksheet().day().toString());
    document.put("routes", routes(costing));
    document.put(
        "workflows",
        costing.workflows().stream().map(workflow -> workflow(workflow, costing)).toList());
    document.put("total_usd", usd(costing.totalUsd()));
    document.put("unpriced_routes", costing.unpriced());
    document.put("human_usd", usd(costing.humanUsd()));
    return document;
  }

  private static Map<String, @Nullable Object> route(RouteCost cost, @Nullable BigDecimal total) {
    var route = cost.route();
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("workflow", route.workflow());
    fields.put("step", route.step());
    fields.put("first", route.first().name());
    fields.put("fallback", route.fallback() == null ? null : route.fallback().name());
    fields.put("first_model", route.first().model().toString());
    fields.put("fallback_model", model(route.fallback()));
    fields.put("requests", count(cost.requests()));
    fields.put("failed", count(cost.failed()));
    fields.put("cost_per_started_usd", usd(cost.perStartedUsd()));
    fields.put("cost_per_completed_usd", usd(cost.perCompletedUsd()));
    fields.put("loaded_cost_per_completed_usd", usd(cost.loadedPerCompletedUsd()));
    fields.put("monthly_usd", usd(cost.monthlyUsd()));
    fields.put("human_monthly_usd", usd(cost.humanMonthlyUsd()));
    fields.put("share", share(cost.monthlyUsd(), total));
    fields.put("basis", route.basis().word());
    fields.put("model_used", route.isChained() ? "chain" : "averages");
    var whatIf = cost.whatIf();
    fields.put("chain_cost_per_started_usd", whatIf == null ? null : usd(whatIf.perStartedUsd()));
    fields.put("chain_completed", whatIf == null ? null : rounded(whatIf.completed()));
    fields.put(
        "attempts", cost.expected().attempts().stream().map(each -> attempt(each, cost)).toList());
    return fields;
  }

  private static Map<String, @Nullable Object> attempt(AttemptCost attempt, RouteCost cost) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("kind", attempt.kind().word());
    fields.put("tier", attempt.target().tier());
    fields.put("model", attempt.target().model().toString());
    fields.put("attempts", count(cost.requests().multiply(attempt.attempts())));
    var usd = attempt.usd();
    fields.put("monthly_usd", usd == null ? null : usd(cost.requests().multiply(usd)));
    return fields;
  }

  private static Map<String, @Nullable Object> workflow(WorkflowCost workflow, Costing costing) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("workflow", workflow.workflow());
    fields.put("actions", workflow.actions());
    fields.put("failed_actions", count(workflow.failedActions()));
    fields.put("cost_per_action_started_usd", usd(workflow.perStartedUsd()));
    fields.put("cost_per_action_completed_usd", usd(workflow.perCompletedUsd()));
    fields.put("loaded_cost_per_action_completed_usd", usd(workflow.loadedPerCompletedUsd()));
    fields.put("monthly_usd", usd(workflow.monthlyUsd()));
    fields.put("unpriced_routes", workflow.unpriced());
    fields.put("human_monthly_usd", usd(workflow.humanMonthlyUsd()));
    fields.put("share", share(workflow.monthlyUsd(), costing.totalUsd()));
    fields.put("premium_share", premium(workflow, costing));
    return fields;
  }

  private static @Nullable BigDecimal premium(WorkflowCost workflow, Costing costing) {
    var share = Costing.premiumShare(workflow, costing.worksheet());
    return share == null ? null : rounded(share);
  }

  private static @Nullable String model(@Nullable Target target) {
    return target == null ? null : target.model().toString();
  }

  private static @Nullable String usd(@Nullable BigDecimal usd) {
    return usd == null ? null : usd.setScale(NANO_DIGITS, RoundingMode.HALF_UP).toPlainString();
  }

  private static @Nullable BigDecimal share(@Nullable BigDecimal part, @Nullable BigDecimal whole) {
    return part == null || whole == null || whole.signum() == 0
        ? null
        : rounded(part.divide(whole, MathContext.DECIMAL128));
  }

  private static BigDecimal rounded(BigDecimal share) {
    return share.setScale(SHARE_DIGITS, RoundingMode.HALF_UP);
  }

  /// A number of calls, without zeros after the point.
  private static BigDecimal count(BigDecimal number) {
    var rounded = rounded(number).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
