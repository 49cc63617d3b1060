package io.faregate.worksheet.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// Shares as exact decimals, and the one precision of what is divided: 34 digits.
final class Share {
  static final MathContext DIGITS = MathContext.DECIMAL128;

  private static final int MILLIONTH_DIGITS = 6;

  private Share() {}

  /// Without zeros at its end, so that products stay short.
  static BigDecimal of(long millionths) {
    return BigDecimal.valueOf(millionths, MILLIONTH_DIGITS).stripTrailingZeros();
  }

  /// What is left of one.
  static BigDecimal rest(BigDecimal share) {
    return BigDecimal.ONE.subtract(share);
  }

  /// The product; nothing of something unknown is nothing, and anything else of it is unknown.
  static @Nullable BigDecimal times(BigDecimal share, @Nullable BigDecimal usd) {
    if (share.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return usd == null ? null : share.multiply(usd);
  }

  /// The sum, unknown as soon as a part of it is.
  static @Nullable BigDecimal plus(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? null : one.add(other);
  }

  /// The quotient; null where it has none.
  static @Nullable BigDecimal ratio(@Nullable BigDecimal part, @Nullable BigDecimal whole) {
    return part == null || whole == null || whole.signum() == 0 ? null : part.divide(whole, DIGITS);
  }
}
