package io.faregate.worksheet.cost;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Whether it pays to try a cheaper tier first.
///
/// @param firstUsd what a call costs that reaches the first tier, its checks included
/// @param secondUsd the same of the second tier, with the tiers after it; never zero
/// @param fallback share of the calls that reach the second tier
public record BreakEven(BigDecimal firstUsd, BigDecimal secondUsd, BigDecimal fallback) {
  /// Null when a tier is unpriced, or when there is no second one or it costs nothing.
  static @Nullable BreakEven of(
      @Nullable BigDecimal firstUsd, @Nullable BigDecimal secondUsd, BigDecimal fallback) {
    return firstUsd == null || secondUsd == null || secondUsd.signum() == 0
        ? null
        : new BreakEven(firstUsd, secondUsd, fallback);
  }

  /// What comes after the first tier costs for each call that starts, its checks included.
  public BigDecimal fallbackUsd() {
    return fallback.multiply(secondUsd);
  }

  /// The share of calls that may fall back before the second tier alone is cheaper; negative when
  /// the first tier is the dearer one. Source: FORMULAS §2.2, `s1 > T1 / T2`.
  public BigDecimal paysUntil() {
    return Share.rest(firstUsd.divide(secondUsd, Share.DIGITS));
  }
}
