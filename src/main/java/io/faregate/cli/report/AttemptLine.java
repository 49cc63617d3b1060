package io.faregate.cli.report;

import io.faregate.call.AttemptKind;
import io.faregate.worksheet.cost.AttemptCost;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.RouteCost;
import io.faregate.worksheet.plan.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Attempts of one kind on one target, in a month.
///
/// @param step null where those of all steps of the workflow are added up
/// @param attempts how many
/// @param usd of those that have a price; null when there are none
/// @param unpriced routes that the dollars leave out
record AttemptLine(
    String workflow,
    @Nullable String step,
    AttemptKind kind,
    Target target,
    BigDecimal attempts,
    @Nullable BigDecimal usd,
    long unpriced) {
  /// Routes whose attempts are listed one by one: of more, nobody would read them.
  private static final int MOST_ROUTES = 500;

  /// What is added up.
  private record Group(String workflow, AttemptKind kind, Target target) {}

  /// The attempts behind a worksheet: by step, and where that would be too many lines, by workflow.
  static Collection<AttemptLine> of(Costing plan) {
    return plan.routes().size() > MOST_ROUTES ? byWorkflow(plan) : byStep(plan);
  }

  private static List<AttemptLine> byStep(Costing plan) {
    var lines = new ArrayList<AttemptLine>();
    for (var cost : plan.routes()) {
      for (var attempt : cost.expected().attempts()) {
        lines.add(of(cost, attempt, cost.route().step()));
      }
    }
    return lines;
  }

  private static Collection<AttemptLine> byWorkflow(Costing plan) {
    var lines = new LinkedHashMap<Group, AttemptLine>();
    for (var cost : plan.routes()) {
      for (var attempt : cost.expected().attempts()) {
        lines.merge(
            new Group(cost.route().workflow(), attempt.kind(), attempt.target()),
            of(cost, attempt, null),
            AttemptLine::plus);
      }
    }
    return lines.sequencedValues();
  }

  private static AttemptLine of(RouteCost cost, AttemptCost attempt, @Nullable String step) {
    var usd = attempt.usd();
    return new AttemptLine(
        cost.route().workflow(),
        step,
        attempt.kind(),
        attempt.target(),
        attempt.attempts().multiply(cost.requests()),
        usd == null ? null : usd.multiply(cost.requests()),
        usd == null ? 1 : 0);
  }

  /// The dollars of one, rounded as those of a call; null when one of them is unpriced.
  ///
  /// @throws ArithmeticException if there are none
  @Nullable BigDecimal eachUsd() {
    return usd == null || unpriced > 0
        ? null
        : usd.divide(attempts, Dollars.OF_A_CALL, RoundingMode.HALF_UP);
  }

  private AttemptLine plus(AttemptLine other) {
    return new AttemptLine(
        workflow,
        step,
        kind,
        target,
        attempts.add(other.attempts),
        usd == null ? other.usd : other.usd == null ? usd : usd.add(other.usd),
        unpriced + other.unpriced);
  }
}
