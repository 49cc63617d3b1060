package io.faregate.worksheet.compare;

import io.faregate.worksheet.cost.RouteCost;
import org.jspecify.annotations.Nullable;

/// A route in two worksheets; null where one lacks it.
public record RouteDifference(@Nullable RouteCost past, @Nullable RouteCost next) {

  /// One of the two that is there.
  public RouteCost either() {
    if (next != null) {
      return next;
    }
    if (past != null) {
      return past;
    }
    throw new IllegalStateException("a route that neither worksheet has");
  }

  /// For the month.
  public Difference monthly() {
    return new Difference(
        past == null ? null : past.monthlyUsd(),
        next == null ? null : next.monthlyUsd(),
        past != null,
        next != null);
  }

  /// For each call that ends well.
  public Difference perCompleted() {
    return new Difference(
        past == null ? null : past.perCompletedUsd(),
        next == null ? null : next.perCompletedUsd(),
        past != null,
        next != null);
  }
}
