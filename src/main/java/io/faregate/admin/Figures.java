package io.faregate.admin;

import io.faregate.money.Grouped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers as people read them.
public final class Figures {
  private static final int CENTS = 2;
  private static final int FINE = 6;
  private static final int EXACT = 9;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ENGLISH);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ENGLISH);

  private Figures() {}

  /// Dollars; amounts below one with six places. Nothing is `$0`, and null is `unpriced`.
  public static String money(@Nullable String usd) {
    return money(usd, places(usd));
  }

  /// Dollars with so many places, as the columns of a table need them.
  public static String money(@Nullable String usd, int places) {
    if (usd == null) {
      return "unpriced";
    }
    if (!isMoney(usd)) {
      return "$0";
    }
    var shown = new BigDecimal(usd).setScale(places, RoundingMode.HALF_UP);
    return (shown.signum() < 0 ? "-$" : "$") + Grouped.of(shown.abs());
  }

  /// Dollars to the nano-dollar.
  public static String exact(@Nullable String usd) {
    return money(usd, EXACT);
  }

  /// Whether there is an amount that is not zero.
  public static boolean isMoney(@Nullable String usd) {
    return usd != null && new BigDecimal(usd).signum() != 0;
  }

  /// The places for amounts of that size.
  public static int places(@Nullable String usd) {
    var whole = usd != null && new BigDecimal(usd).abs().compareTo(BigDecimal.ONE) >= 0;
    return whole ? CENTS : FINE;
  }

  /// A whole number with commas.
  public static String count(long number) {
    return Grouped.of(number);
  }

  /// A share as a percentage; a dash when there is none.
  public static String share(@Nullable String share) {
    return share == null
        ? "–"
        : new BigDecimal(share).movePointRight(2).setScale(1, RoundingMode.HALF_UP) + " %";
  }

  /// A decimal without the zeros at its end; a dash when there is none.
  public static String decimal(@Nullable String number) {
    return number == null ? "–" : new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  /// A time in a zone, which is named.
  public static String time(@Nullable String at, ZoneId zone) {
    return at == null ? "–" : TIME.format(Instant.parse(at).atZone(zone));
  }

  /// A time to the minute in a zone, which is named.
  public static String minute(@Nullable String at, ZoneId zone) {
    return at == null ? "–" : MINUTE.format(Instant.parse(at).atZone(zone));
  }

  /// A time in a zone that is named elsewhere.
  public static String clock(@Nullable String at, ZoneId zone) {
    return at == null ? "–" : CLOCK.format(Instant.parse(at).atZone(zone));
  }
}
