package io.faregate.money;

import java.math.BigDecimal;

/// A price in nano-dollars per million units (tokens, or uses for a fee): $2.50 per million tokens
/// is 2,500,000,000. A stated zero is a price; a price nobody knows is an absent rate.
public record Rate(long nanoUsdPerMillion) {
  private static final int NANO_DIGITS = 9;
  private static final long MILLION = 1_000_000;

  public Rate {
    if (nanoUsdPerMillion < 0) {
      throw new IllegalArgumentException("a rate is not negative: " + nanoUsdPerMillion);
    }
  }

  /// A rate written in dollars per million units: `2.5`, `0.003625`.
  ///
  /// @throws NumberFormatException if it is no number, negative, or finer than a nano-dollar per
  ///   million
  public static Rate perMillion(String usd) {
    try {
      return new Rate(new BigDecimal(usd).scaleByPowerOfTen(NANO_DIGITS).longValueExact());
    } catch (ArithmeticException | IllegalArgumentException bad) {
      var problem =
          new NumberFormatException(
              "not a price in dollars per million, to the nano-dollar: " + usd);
      problem.initCause(bad);
      throw problem;
    }
  }

  /// What that many units come to in nano-dollars, rounded down.
  ///
  /// @throws ArithmeticException if it passes nine billion dollars
  public long roundedDown(long units) {
    return Math.addExact(
        Math.multiplyExact(units, nanoUsdPerMillion / MILLION),
        Math.multiplyExact(units, nanoUsdPerMillion % MILLION) / MILLION);
  }

  /// Dollars per million units, without trailing zeros: `2.5`.
  public String usdPerMillion() {
    var usd = BigDecimal.valueOf(nanoUsdPerMillion, NANO_DIGITS);
    return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
  }
}
