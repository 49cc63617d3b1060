package io.faregate.worksheet.cost;

import io.faregate.call.AttemptKind;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Target;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The model of observed averages: exact for them, whatever the distribution. Source: FORMULAS
/// §2.1, `C = h + c1 (1 + phi r1) + b c2 (1 + phi r2) + k (1 + b)`.
final class Averages {
  private final Route route;
  private final Prices prices;
  private final BigDecimal billed;
  private final BigDecimal turns;

  private Averages(Route route, Prices prices) {
    this.route = route;
    this.prices = prices;
    this.billed = Share.of(route.odds().billed());
    this.turns = BigDecimal.valueOf(route.shape().turns());
  }

  static Expectation of(Route route, Prices prices) {
    return new Averages(route, prices).expectation();
  }

  private Expectation expectation() {
    var odds = route.odds();
    var second = route.fallback();
    var fallback = second == null ? BigDecimal.ZERO : Share.of(odds.fallback());
    var attempts = new ArrayList<AttemptCost>();
    var first = add(attempts, AttemptKind.FIRST, route.first(), BigDecimal.ONE);
    BreakEven breakEven = null;
    if (second != null) {
      var then = add(attempts, AttemptKind.FALLBACK, second, fallback);
      breakEven = BreakEven.of(checked(first), checked(then), fallback);
    }
    var check = route.check();
    if (check != null) {
      var checks = BigDecimal.ONE.add(fallback).multiply(turns);
      attempts.add(
          new AttemptCost(
              AttemptKind.CHECK,
              check.target(),
              checks,
              Share.times(checks, prices.checkUsd(route))));
    }
    return new Expectation(
        Share.rest(Share.of(odds.failure())),
        fallback,
        attempts,
        Expectation.perStartedUsd(route.overheadNanoUsd(), attempts),
        breakEven);
  }

  /// Adds the attempts on a tier that `share` of the calls reach, and answers what each of these
  /// calls costs there.
  private @Nullable BigDecimal add(
      List<AttemptCost> attempts, AttemptKind kind, Target target, BigDecimal share) {
    var odds = route.odds();
    var retries = Share.of(kind == AttemptKind.FIRST ? odds.retry() : odds.fallbackRetry());
    var usd = prices.quote(target.model(), route.shape()).usd();
    var retriesUsd = Share.times(retries.multiply(billed), usd);
    attempts.add(new AttemptCost(kind, target, share.multiply(turns), Share.times(share, usd)));
    if (retries.signum() > 0) {
      attempts.add(
          new AttemptCost(
              AttemptKind.RETRY,
              target,
              share.multiply(retries).multiply(turns),
              Share.times(share, retriesUsd)));
    }
    return Share.plus(usd, retriesUsd);
  }

  private @Nullable BigDecimal checked(@Nullable BigDecimal usd) {
    return route.check() == null
        ? usd
        : Share.plus(usd, Share.times(turns, prices.checkUsd(route)));
  }
}
