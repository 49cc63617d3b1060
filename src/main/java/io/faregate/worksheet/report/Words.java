package io.faregate.worksheet.report;

import io.faregate.money.Grouped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Figures as they stand in sentences and tables.
public final class Words {
  private Words() {}

  /// Dollars with separators, rounded half up: `$1,086.53`; a null is unpriced.
  public static String usd(@Nullable BigDecimal usd, int places) {
    if (usd == null) {
      return "unpriced";
    }
    var rounded = usd.setScale(places, RoundingMode.HALF_UP);
    return (rounded.signum() < 0 ? "-$" : "$") + Grouped.of(rounded.abs());
  }

  /// A share of one in per cent, with at most so many places: `8%`, `93.5%`; a null is a dash.
  public static String percent(@Nullable BigDecimal share, int places) {
    if (share == null) {
      return "-";
    }
    var percent = share.movePointRight(2).setScale(places, RoundingMode.HALF_UP);
    return shortened(percent) + "%";
  }

  /// A part of a whole in per cent, without places.
  static String percent(long part, @Nullable Long whole) {
    return whole == null || whole == 0
        ? "-"
        : percent(
            BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128), 0);
  }

  /// A number of things that need not be whole: `2,610`, `1,234.5`.
  public static String count(BigDecimal number) {
    var rounded = number.setScale(1, RoundingMode.HALF_UP);
    return shortened(rounded);
  }

  /// A number with what it counts: `1 route`, `2 routes`.
  static String counted(long number, String what) {
    return Grouped.of(number) + " " + what + (number == 1 ? "" : "s");
  }

  /// Names with commas, and `and` before the last.
  static String and(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /// Without the zeros at its end.
  private static String shortened(BigDecimal number) {
    return Grouped.of(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
  }
}
