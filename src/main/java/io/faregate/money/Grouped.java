package io.faregate.money;

import java.math.BigDecimal;

/// Decimals with separators. What [String#format] makes of them, without its work: a large report
/// shows a hundred thousand.
public final class Grouped {
  private static final int GROUP = 3;

  private Grouped() {}

  /// All digits that the number has: `-1,086.50`.
  public static String of(BigDecimal number) {
    var digits = number.toPlainString();
    int first = number.signum() < 0 ? 1 : 0;
    int point = digits.indexOf('.');
    int end = point < 0 ? digits.length() : point;
    if (end - first <= GROUP) {
      return digits;
    }
    var grouped = new StringBuilder(digits);
    for (int i = end - GROUP; i > first; i -= GROUP) {
      grouped.insert(i, ',');
    }
    return grouped.toString();
  }

  /// A whole number: `1,234`.
  public static String of(long number) {
    return of(BigDecimal.valueOf(number));
  }
}
