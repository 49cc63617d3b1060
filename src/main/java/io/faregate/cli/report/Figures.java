package io.faregate.cli.report;

import io.faregate.money.Grouped;
import io.faregate.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures of a document as people read them.
final class Figures {
  private static final String UNPRICED = "unpriced";
  private static final String UNDATED = LocalDate.EPOCH.toString();
  private static final String NOTHING = "$0";

  private Figures() {}

  /// An amount to the nano-dollar: `$0.000145440`; nothing is `$0`, and a null is unpriced.
  static String exact(@Nullable String usd) {
    return usd == null ? UNPRICED : isMoney(usd) ? Money.parse(usd).toString() : NOTHING;
  }

  /// An amount rounded to so many places: `$1,086.53`; nothing is `$0`, and a null is unpriced.
  static String rounded(@Nullable String usd, int places) {
    return usd == null ? UNPRICED : isMoney(usd) ? Money.parse(usd).display(places) : NOTHING;
  }

  /// Whether there is an amount that is not zero.
  static boolean isMoney(@Nullable String usd) {
    return usd != null && Money.parse(usd).nanoUsd() != 0;
  }

  /// The places that tell amounts of that size apart.
  static int places(@Nullable String usd) {
    var nanoUsd = usd == null ? 0 : Math.abs(Money.parse(usd).nanoUsd());
    if (nanoUsd >= 1_000_000_000_000L) {
      return 2;
    }
    return nanoUsd >= 1_000_000_000L ? 4 : 6;
  }

  /// A whole number with separators: `1,234`.
  static String count(long number) {
    return Grouped.of(number);
  }

  /// A number with what it counts: `1 call`, `2 calls`.
  static String counted(long number, String what) {
    return count(number) + " " + what + (number == 1 ? "" : "s");
  }

  /// A share written as a decimal, in per cent: `4.25%`; a null is a dash.
  static String percent(@Nullable String share) {
    return share == null
        ? "-"
        : String.format(Locale.ROOT, "%.2f%%", 100 * Double.parseDouble(share));
  }

  /// A decimal without the zeros at its end.
  static @Nullable String decimal(@Nullable String number) {
    return number == null ? null : new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  /// Milliseconds as `85 ms` or `1.2 s`.
  static String millis(long millis) {
    return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  /// Since when a price holds: a date, or `always` for one that was stated without a date.
  static @Nullable String since(@Nullable Object date) {
    return date == null ? null : UNDATED.equals(date.toString()) ? "always" : date.toString();
  }
}
