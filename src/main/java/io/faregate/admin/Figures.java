package io.faregate.admin;

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
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

  private Figures() {}

  /// Dollars; small amounts with six places. Null is `unpriced`, never zero.
  public static String money(@Nullable String usd) {
    if (usd == null) {
      return "unpriced";
    }
    var exact = new BigDecimal(usd);
    var whole = exact.abs().compareTo(BigDecimal.ONE) >= 0 || exact.signum() == 0;
    var shown = exact.setScale(whole ? CENTS : FINE, RoundingMode.HALF_UP);
    return "$" + String.format(Locale.ROOT, whole ? "%,.2f" : "%.6f", shown);
  }

  /// A whole number with commas.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A share as a percentage; a dash when there is none.
  public static String share(@Nullable String share) {
    return share == null
        ? "–"
        : new BigDecimal(share).movePointRight(2).setScale(1, RoundingMode.HALF_UP) + " %";
  }

  /// A time in a zone, which is named.
  public static String time(@Nullable String at, ZoneId zone) {
    return at == null ? "–" : TIME.format(Instant.parse(at).atZone(zone));
  }
}
