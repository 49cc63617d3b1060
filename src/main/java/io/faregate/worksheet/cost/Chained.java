package io.faregate.worksheet.cost;

import io.faregate.call.AttemptKind;
import io.faregate.worksheet.plan.ChainPlan;
import io.faregate.worksheet.plan.ChainTier;
import io.faregate.worksheet.plan.Route;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The model of a chain of tiers, whose rates follow from failure probabilities: `C = h + sum rho_i
/// T_i`, `P = 1 - prod (1 - s_i)`. Source: FORMULAS §2.2.
final class Chained {
  private final Route route;
  private final ChainPlan plan;
  private final Prices prices;
  private final BigDecimal billed;
  private final BigDecimal turns;

  private Chained(Route route, ChainPlan plan, Prices prices) {
    this.route = route;
    this.plan = plan;
    this.prices = prices;
    this.billed = Share.of(route.odds().billed());
    this.turns = BigDecimal.valueOf(route.shape().turns());
  }

  static Expectation of(Route route, ChainPlan plan, Prices prices) {
    return new Chained(route, plan, prices).expectation();
  }

  private Expectation expectation() {
    var attempts = new ArrayList<AttemptCost>();
    var checks = BigDecimal.ZERO;
    var reached = BigDecimal.ONE;
    var fallback = BigDecimal.ZERO;
    BigDecimal firstUsd = null;
    // Of a call that reaches the second tier: what it costs there and on the tiers after it.
    BigDecimal laterUsd = BigDecimal.ZERO;
    var later = BigDecimal.ONE;
    for (int i = 0; i < plan.tiers().size(); i++) {
      var tier = plan.tiers().get(i);
      var odds = TierOdds.of(tier, Share.of(plan.correlated()));
      fallback = i == 1 ? reached : fallback;
      var usd = add(attempts, tier, odds, reached);
      if (i == 0) {
        firstUsd = usd;
      } else {
        laterUsd = Share.plus(laterUsd, Share.times(later, usd));
        later = later.multiply(Share.rest(odds.accepted()), Share.DIGITS);
      }
      checks = checks.add(reached.multiply(odds.answered(), Share.DIGITS));
      reached = reached.multiply(Share.rest(odds.accepted()), Share.DIGITS);
    }
    addChecks(attempts, checks);
    return new Expectation(
        Share.rest(reached),
        fallback,
        attempts,
        Expectation.perStartedUsd(route.overheadNanoUsd(), attempts),
        BreakEven.of(firstUsd, laterUsd, fallback));
  }

  private void addChecks(List<AttemptCost> attempts, BigDecimal checks) {
    var check = route.check();
    if (check != null) {
      var each = checks.multiply(turns);
      attempts.add(
          new AttemptCost(
              AttemptKind.CHECK, check.target(), each, Share.times(each, prices.checkUsd(route))));
    }
  }

  /// Adds the attempts on a tier, and answers what a call that reaches it costs there.
  private @Nullable BigDecimal add(
      List<AttemptCost> attempts, ChainTier tier, TierOdds odds, BigDecimal reached) {
    var usd = prices.quote(tier.target().model(), route.shape()).usd();
    var again = odds.attempts().subtract(BigDecimal.ONE);
    var billedAgain = odds.billedAttempts(billed).subtract(BigDecimal.ONE);
    var kind = attempts.isEmpty() ? AttemptKind.FIRST : AttemptKind.FALLBACK;
    attempts.add(
        new AttemptCost(kind, tier.target(), reached.multiply(turns), Share.times(reached, usd)));
    if (again.signum() > 0 || billedAgain.signum() != 0) {
      // Where failures are billed in part, this is less than nothing: the first attempts above are
      // counted in full.
      attempts.add(
          new AttemptCost(
              AttemptKind.RETRY,
              tier.target(),
              reached.multiply(again).multiply(turns),
              Share.times(reached.multiply(billedAgain), usd)));
    }
    var checkUsd = prices.checkUsd(route);
    return usd == null || checkUsd == null
        ? null
        : odds.cost(usd, turns.multiply(checkUsd), billed);
  }
}
