package io.faregate.worksheet.cost;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to expect of a call that starts, in dollars and shares of one.
///
/// @param completed share of the calls that end well
/// @param fallback share that reaches the second tier
/// @param attempts what is sent, by kind
/// @param perStartedUsd C of FORMULAS §2: the fixed cost of each call and that of the attempts;
///   null when unpriced
/// @param breakEven null without a second tier, or when unpriced
public record Expectation(
    BigDecimal completed,
    BigDecimal fallback,
    List<AttemptCost> attempts,
    @Nullable BigDecimal perStartedUsd,
    @Nullable BreakEven breakEven) {
  public Expectation {
    attempts = List.copyOf(attempts);
  }

  /// The fixed cost of each call with that of its attempts.
  static @Nullable BigDecimal perStartedUsd(long overheadNanoUsd, List<AttemptCost> attempts) {
    @Nullable BigDecimal sum = BigDecimal.valueOf(overheadNanoUsd, 9);
    for (var attempt : attempts) {
      sum = Share.plus(sum, attempt.usd());
    }
    return sum;
  }
}
