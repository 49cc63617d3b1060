package io.faregate.worksheet.compare;

import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.WorkflowCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change may cost. A null allows everything. What cannot be compared because it is unpriced
/// passes a threshold in money: whoever does not know it, cannot say that it is kept.
///
/// @param perCompletedUsd most that a completed action of any workflow may cost
/// @param premiumShare most calls of a workflow on the dearest tier, as a share of one
/// @param increaseUsd most that the month may cost more
/// @param increaseShare the same as a share of what it did cost
/// @param denyUnpriced whether a route without a price is over
public record Thresholds(
    @Nullable BigDecimal perCompletedUsd,
    @Nullable BigDecimal premiumShare,
    @Nullable BigDecimal increaseUsd,
    @Nullable BigDecimal increaseShare,
    boolean denyUnpriced) {

  /// What is over a threshold.
  ///
  /// @param id of the threshold, as the command line names it
  public record Finding(String id, String text) {}

  /// All that is over a threshold, in the order of the thresholds.
  public List<Finding> findings(WorksheetDiff diff) {
    var findings = new ArrayList<Finding>();
    for (var workflow : diff.next().workflows()) {
      perCompleted(workflow, findings);
      premium(workflow, diff.next(), findings);
    }
    increase(diff.total(), findings);
    unpriced(diff, findings);
    return findings;
  }

  private void perCompleted(WorkflowCost workflow, List<Finding> findings) {
    if (perCompletedUsd == null) {
      return;
    }
    var cost = workflow.perCompletedUsd();
    if (cost == null) {
      findings.add(
          new Finding(
              "max-cost-per-completed",
              "a completed action of %s has no known cost, so $%s cannot be promised"
                  .formatted(workflow.workflow(), perCompletedUsd.toPlainString())));
    } else if (cost.compareTo(perCompletedUsd) > 0) {
      findings.add(
          new Finding(
              "max-cost-per-completed",
              "a completed action of %s costs $%s, more than $%s"
                  .formatted(workflow.workflow(), nano(cost), perCompletedUsd.toPlainString())));
    }
  }

  private void premium(WorkflowCost workflow, Costing costing, List<Finding> findings) {
    var share = Costing.premiumShare(workflow, costing.worksheet());
    if (premiumShare != null && share != null && share.compareTo(premiumShare) > 0) {
      findings.add(
          new Finding(
              "max-premium-share",
              "%s of the calls of %s go to the tier %s, more than %s"
                  .formatted(
                      percent(share),
                      workflow.workflow(),
                      costing.worksheet().tiers().lastEntry().getKey(),
                      percent(premiumShare))));
    }
  }

  private void increase(Difference total, List<Finding> findings) {
    if (increaseUsd == null && increaseShare == null) {
      return;
    }
    var more = total.usd();
    if (more == null) {
      findings.add(
          new Finding("max-monthly-increase", "the increase is not known: a route is unpriced"));
      return;
    }
    if (increaseUsd != null && more.compareTo(increaseUsd) > 0) {
      findings.add(
          new Finding(
              "max-monthly-increase",
              "the month costs $%s more, above $%s"
                  .formatted(more.setScale(2, RoundingMode.HALF_UP), increaseUsd.toPlainString())));
    }
    var share = total.share();
    if (increaseShare != null
        && more.signum() > 0
        && (share == null || share.compareTo(increaseShare) > 0)) {
      findings.add(
          new Finding(
              "max-monthly-increase",
              share == null
                  ? "the month did cost nothing before, so any increase is above "
                      + percent(increaseShare)
                  : "the month costs %s more, above %s"
                      .formatted(percent(share), percent(increaseShare))));
    }
  }

  private void unpriced(WorksheetDiff diff, List<Finding> findings) {
    if (denyUnpriced) {
      for (var route : diff.next().routes()) {
        if (route.monthlyUsd() == null) {
          findings.add(new Finding("deny-unpriced", route.route().name() + " is unpriced"));
        }
      }
    }
  }

  private static String nano(BigDecimal usd) {
    return usd.setScale(9, RoundingMode.HALF_UP).toPlainString();
  }

  private static String percent(BigDecimal share) {
    var percent = share.movePointRight(2).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
    return percent.toPlainString() + "%";
  }
}
