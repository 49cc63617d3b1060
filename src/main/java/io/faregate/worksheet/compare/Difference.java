package io.faregate.worksheet.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// An amount of dollars before and after.
///
/// @param past null when unpriced, or when it was not there
/// @param next null when unpriced, or when it is no longer there
/// @param before whether it was there
/// @param after whether it is there
public record Difference(
    @Nullable BigDecimal past, @Nullable BigDecimal next, boolean before, boolean after) {

  /// Of something that is there before and after.
  public static Difference of(@Nullable BigDecimal past, @Nullable BigDecimal next) {
    return new Difference(past, next, true, true);
  }

  /// What comes on top; what is not there costs nothing. Null when a side is unpriced.
  public @Nullable BigDecimal usd() {
    var from = before ? past : BigDecimal.ZERO;
    var to = after ? next : BigDecimal.ZERO;
    return from == null || to == null ? null : to.subtract(from);
  }

  /// What comes on top as a share of what was; null when unknown, or when there was nothing.
  public @Nullable BigDecimal share() {
    var usd = usd();
    return usd == null || past == null || past.signum() == 0
        ? null
        : usd.divide(past, MathContext.DECIMAL128);
  }

  /// Whether both sides are the same amount.
  public boolean isNothing() {
    var usd = usd();
    return before == after && (usd == null ? past == null && next == null : usd.signum() == 0);
  }
}
