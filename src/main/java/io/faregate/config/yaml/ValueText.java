package io.faregate.config.yaml;

import io.faregate.money.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The ways in which amounts are written in our files. Each method answers empty for a text that is
/// not written so; none rounds.
public final class ValueText {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
  private static final Pattern WITH_UNIT =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([A-Za-z]*)");
  private static final Pattern RATE = Pattern.compile("(\\d{1,9})/([sm])");

  private static final Map<String, Long> TOKENS = Map.of("", 1L, "k", 1_000L, "M", 1_000_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private static final int MILLIONTHS_OF_ONE = 6;
  private static final int MILLIONTHS_OF_PERCENT = 4;

  private ValueText() {}

  /// Nano-dollars of `$50`, `$0.25`. An amount without its sign is none.
  public static Optional<Long> nanoUsd(String text) {
    if (!text.startsWith("$") || !isNumber(text.substring(1))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Money.parse(text).nanoUsd());
    } catch (NumberFormatException tooFine) {
      return Optional.empty();
    }
  }

  /// A plain decimal number, without sign or exponent.
  public static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /// Tokens of `4000`, `4k`, `1M`, `1.5M`.
  public static Optional<Long> tokens(String text) {
    return whole(text, TOKENS);
  }

  /// Bytes of `1048576`, `512MiB`, `8GiB`.
  public static Optional<Long> bytes(String text) {
    return whole(text, BYTES);
  }

  /// `10ms`, `30s`, `5m`, `12h`, `400d`.
  public static Optional<Duration> duration(String text) {
    return whole(text, MILLIS).map(Duration::ofMillis);
  }

  /// Whether it is a number with a unit of time, however long or fine that is.
  static boolean isTime(String text) {
    var amount = WITH_UNIT.matcher(text);
    return amount.matches() && MILLIS.containsKey(amount.group(2));
  }

  /// Millionths of `10%`, `0.5%`.
  public static Optional<Long> share(String text) {
    return text.endsWith("%")
        ? millionths(text.substring(0, text.length() - 1), MILLIONTHS_OF_PERCENT)
        : Optional.empty();
  }

  /// Millionths of a number from 0 to 1, such as `0.75`.
  public static Optional<Long> fraction(String text) {
    return millionths(text, MILLIONTHS_OF_ONE);
  }

  /// Uses in a minute of `600/m`, `10/s`.
  public static Optional<Long> perMinute(String text) {
    var rate = RATE.matcher(text);
    return rate.matches()
        ? Optional.of(Long.parseLong(rate.group(1)) * (rate.group(2).equals("s") ? 60 : 1))
        : Optional.empty();
  }

  /// A day, `2026-08-21`.
  public static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }

  /// An instant, `2027-01-31T12:00:00Z`, or the beginning of a day in the zone.
  public static Optional<Instant> instant(String text, ZoneId zone) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException other) {
      return date(text).map(day -> day.atStartOfDay(zone).toInstant());
    }
  }

  private static Optional<Long> millionths(String text, int digits) {
    if (!isNumber(text)) {
      return Optional.empty();
    }
    try {
      var millionths = new BigDecimal(text).movePointRight(digits).longValueExact();
      return millionths <= 1_000_000 ? Optional.of(millionths) : Optional.empty();
    } catch (ArithmeticException tooFine) {
      return Optional.empty();
    }
  }

  private static Optional<Long> whole(String text, Map<String, Long> units) {
    var amount = WITH_UNIT.matcher(text);
    if (!amount.matches()) {
      return Optional.empty();
    }
    var unit = units.get(amount.group(2));
    if (unit == null) {
      return Optional.empty();
    }
    try {
      var product = new BigDecimal(amount.group(1)).multiply(BigDecimal.valueOf(unit));
      return Optional.of(product.longValueExact());
    } catch (ArithmeticException notWhole) {
      return Optional.empty();
    }
  }
}
