package io.faregate.worksheet.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A number in a scenario: another one, or so many times the one of the worksheet.
public sealed interface Adjustment {
  /// Another number.
  record To(long value) implements Adjustment {}

  /// So many millionths of the number, rounded half up.
  record Times(long millionths) implements Adjustment {}

  /// What becomes of the number.
  default long of(long before) {
    return switch (this) {
      case To to -> to.value();
      case Times times ->
          BigDecimal.valueOf(before)
              .multiply(BigDecimal.valueOf(times.millionths(), 6))
              .setScale(0, RoundingMode.HALF_UP)
              .longValueExact();
    };
  }
}
