package io.faregate.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An amount of US dollars in nano-dollars (10^-9 USD), exact: amounts are added and compared,
/// never rounded. The long holds up to $9.2 billion; a sum beyond it throws [ArithmeticException].
public record Money(long nanoUsd) implements Comparable<Money> {
  /// No money, which is not the same as an unknown amount (see [Cost.Unpriced]).
  public static final Money ZERO = new Money(0);

  private static final int NANO_DIGITS = 9;

  /// An amount written in dollars, with or without a leading `$`: `$50`, `0.25`, `-1.5`.
  ///
  /// @throws NumberFormatException if the text is no number, or is finer than a nano-dollar
  public static Money parse(String text) {
    var digits = text.startsWith("$") ? text.substring(1) : text;
    try {
      return new Money(new BigDecimal(digits).scaleByPowerOfTen(NANO_DIGITS).longValueExact());
    } catch (ArithmeticException tooFine) {
      var problem = new NumberFormatException("finer than a nano-dollar, or too large: " + text);
      problem.initCause(tooFine);
      throw problem;
    }
  }

  /// The sum of both.
  public Money plus(Money other) {
    return new Money(Math.addExact(nanoUsd, other.nanoUsd));
  }

  /// This amount less the other one.
  public Money minus(Money other) {
    return new Money(Math.subtractExact(nanoUsd, other.nanoUsd));
  }

  /// Dollars as a decimal with nine places, as every JSON document has them: `0.000145440`.
  public String usd() {
    return usd(nanoUsd);
  }

  /// Nano-dollars written as dollars with nine places.
  public static String usd(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, NANO_DIGITS).toPlainString();
  }

  /// Dollars for people, rounded half up to the given number of places: `$1,086.53`.
  public String display(int places) {
    var rounded = BigDecimal.valueOf(nanoUsd, NANO_DIGITS).setScale(places, RoundingMode.HALF_UP);
    return (rounded.signum() < 0 ? "-$" : "$") + Grouped.of(rounded.abs());
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(nanoUsd, other.nanoUsd);
  }

  @Override
  public String toString() {
    return "$" + usd();
  }
}
