package io.faregate.worksheet.cost;

import io.faregate.worksheet.plan.Human;
import io.faregate.worksheet.plan.Route;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a route costs. Amounts are dollars, null when unpriced.
///
/// @param requests calls started in a month
/// @param expected by the model that is used
/// @param whatIf by the chain, where it is known and not used
public record RouteCost(
    Route route,
    BigDecimal requests,
    Expectation expected,
    @Nullable Expectation whatIf,
    Human human) {

  /// C: for each call that starts.
  public @Nullable BigDecimal perStartedUsd() {
    return expected.perStartedUsd();
  }

  /// K: for each call that ends well.
  public @Nullable BigDecimal perCompletedUsd() {
    return Share.ratio(perStartedUsd(), expected.completed());
  }

  /// L for each completed call: with the people who step in. Where they complete what failed, every
  /// call ends well.
  public @Nullable BigDecimal loadedPerCompletedUsd() {
    var loaded = Share.plus(perStartedUsd(), humanPerStartedUsd());
    return human.completesFailed() ? loaded : Share.ratio(loaded, expected.completed());
  }

  /// What people cost for each call that starts.
  public BigDecimal humanPerStartedUsd() {
    if (human.perFailureNanoUsd() == 0 && human.perCorrectionNanoUsd() == 0) {
      return BigDecimal.ZERO;
    }
    var failed = Share.rest(expected.completed());
    var corrected = expected.completed().multiply(Share.of(route.odds().correction()));
    return failed
        .multiply(BigDecimal.valueOf(human.perFailureNanoUsd(), 9))
        .add(corrected.multiply(BigDecimal.valueOf(human.perCorrectionNanoUsd(), 9)));
  }

  /// Calls of a month that are never completed.
  public BigDecimal failed() {
    return requests.multiply(Share.rest(expected.completed()), Share.DIGITS);
  }

  /// n C: for the month.
  public @Nullable BigDecimal monthlyUsd() {
    return Share.times(requests, perStartedUsd());
  }

  /// People, for the month.
  public BigDecimal humanMonthlyUsd() {
    return requests.multiply(humanPerStartedUsd());
  }
}
