package io.faregate.worksheet.cost;

import io.faregate.worksheet.plan.ChainTier;
import java.math.BigDecimal;

/// What follows from the failure probabilities of one tier of a chain. Source: FORMULAS §2.2, whose
/// letters stand in the comments.
///
/// @param answered a: share of calls that get an answer
/// @param attempts E: attempts for each call that reaches the tier
/// @param accepted s: share of calls whose answer is good enough
public record TierOdds(BigDecimal answered, BigDecimal attempts, BigDecimal accepted) {
  /// Of a tier of which `correlated` of the failures meet every retry again.
  ///
  /// `a = 1 - f (q + (1-q) f^R)`, `E = 1 + f (q R + (1-q) (1 + f + ... + f^(R-1)))`; with q = 0
  /// these are `1 - f^(R+1)` and `(1 - f^(R+1)) / (1 - f)`.
  public static TierOdds of(ChainTier tier, BigDecimal correlated) {
    var failed = Share.of(tier.failed());
    var independent = Share.rest(correlated);
    var power = BigDecimal.ONE;
    var powers = BigDecimal.ZERO;
    for (int retry = 0; retry < tier.retries(); retry++) {
      powers = powers.add(power, Share.DIGITS);
      power = power.multiply(failed, Share.DIGITS);
    }
    var unanswered = failed.multiply(correlated.add(independent.multiply(power)), Share.DIGITS);
    var retries =
        correlated
            .multiply(BigDecimal.valueOf(tier.retries()))
            .add(independent.multiply(powers), Share.DIGITS);
    var answered = Share.rest(unanswered);
    return new TierOdds(
        answered,
        BigDecimal.ONE.add(failed.multiply(retries), Share.DIGITS),
        answered.multiply(Share.rest(Share.of(tier.rejected())), Share.DIGITS));
  }

  /// T: what a call that reaches the tier costs there, in dollars.
  ///
  /// @param attemptUsd c: one attempt
  /// @param checkUsd k: one check, of which each answer gets one
  /// @param billed phi: the part of a failed attempt that is billed
  public BigDecimal cost(BigDecimal attemptUsd, BigDecimal checkUsd, BigDecimal billed) {
    return attemptUsd
        .multiply(billedAttempts(billed))
        .add(answered.multiply(checkUsd), Share.DIGITS);
  }

  /// `a + phi (E - a)`: attempts that are billed, a failed one in part.
  BigDecimal billedAttempts(BigDecimal billed) {
    return answered.add(billed.multiply(attempts.subtract(answered)), Share.DIGITS);
  }
}
