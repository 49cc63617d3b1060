package io.faregate.worksheet.cost;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The routes of a workflow together. Amounts are dollars.
///
/// @param actions started in a month; null when the worksheet does not say
public record WorkflowCost(String workflow, @Nullable Long actions, List<RouteCost> routes) {
  public WorkflowCost {
    routes = List.copyOf(routes);
  }

  /// The routes that have a price; null when there is none.
  public @Nullable BigDecimal monthlyUsd() {
    return Costing.sum(routes);
  }

  /// Routes that no sum contains.
  public long unpriced() {
    return Costing.unpriced(routes);
  }

  /// Actions that are never completed: those in which a call is not.
  public BigDecimal failedActions() {
    return routes.stream().map(RouteCost::failed).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// People, for the month.
  public BigDecimal humanMonthlyUsd() {
    return Costing.humanUsd(routes);
  }

  /// For each action that starts; null when unpriced in part, or without a number of actions.
  public @Nullable BigDecimal perStartedUsd() {
    return Share.ratio(whole(), started());
  }

  /// For each action that is completed; null also when none is.
  public @Nullable BigDecimal perCompletedUsd() {
    return Share.ratio(whole(), completed());
  }

  /// The same with the people who step in.
  public @Nullable BigDecimal loadedPerCompletedUsd() {
    var loaded = Share.plus(whole(), humanMonthlyUsd());
    return Share.ratio(loaded, peopleComplete() ? started() : completed());
  }

  /// Actions that are completed, at least one; null without a number of actions.
  public @Nullable BigDecimal completed() {
    var started = started();
    var completed = started == null ? null : started.subtract(failedActions());
    return completed == null || completed.signum() <= 0 ? null : completed;
  }

  private boolean peopleComplete() {
    return routes.stream().anyMatch(route -> route.human().completesFailed());
  }

  private @Nullable BigDecimal started() {
    return actions == null ? null : BigDecimal.valueOf(actions);
  }

  private @Nullable BigDecimal whole() {
    return unpriced() > 0 ? null : monthlyUsd();
  }
}
