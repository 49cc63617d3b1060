package io.faregate.worksheet.cost;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to expect of a call that starts, in dollars and shares of one.
///
/// @param completed share of the calls that end well
/// @param fallback share that reaches the second tier
/// @param attempts what is sent, by kind
/// @param overheadUsd fixed cost of each call
/// @param breakEven null without a second tier, or when unpriced
public record Expectation(
    BigDecimal completed,
    BigDecimal fallback,
    List<AttemptCost> attempts,
    BigDecimal overheadUsd,
    @Nullable BreakEven breakEven) {
  public Expectation {
    attempts = List.copyOf(attempts);
  }

  /// C of FORMULAS §2: the cost of a call that starts; null when unpriced.
  public @Nullable BigDecimal perStartedUsd() {
    @Nullable BigDecimal sum = overheadUsd;
    for (var attempt : attempts) {
      sum = Share.plus(sum, attempt.usd());
    }
    return sum;
  }
}
