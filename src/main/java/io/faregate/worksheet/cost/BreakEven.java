package io.faregate.worksheet.cost;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Whether it pays to try a cheaper tier first.
///
/// @param fallbackUsd what the second tier costs for each call that starts, its checks included
/// @param paysUntil the share of calls that may fall back before the second tier alone is cheaper;
///   negative when the first tier is the dearer one. Source: FORMULAS §2.2, `s1 > T1 / T2`
public record BreakEven(BigDecimal fallbackUsd, BigDecimal paysUntil) {
  /// Of the cost of each call on the first tier, and of one on the second.
  static @Nullable BreakEven of(
      @Nullable BigDecimal firstUsd, @Nullable BigDecimal secondUsd, BigDecimal fallback) {
    var ratio = Share.ratio(firstUsd, secondUsd);
    return ratio == null || secondUsd == null
        ? null
        : new BreakEven(fallback.multiply(secondUsd), Share.rest(ratio));
  }
}
