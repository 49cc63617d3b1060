package io.faregate.config.worksheet;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.ValueText;
import io.faregate.worksheet.plan.Adjustment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The ways in which a worksheet writes amounts. A method that finds something else reports that
/// and answers null.
final class Amounts {
  /// A trillion calls and a billion tokens are slips of the pen.
  private static final long MOST_CALLS = 1_000_000_000_000L;

  private static final long MOST_TOKENS = 1_000_000_000L;

  /// No scenario thinks of a thousand times as much.
  private static final BigDecimal MOST_TIMES = BigDecimal.valueOf(1_000);

  private static final int MILLIONTH_DIGITS = 6;

  private Amounts() {}

  /// Calls or actions of a month, from none.
  static @Nullable Long calls(Item item) {
    return item.value(Amounts::calls, "a number of calls", "write it like 100000, 100k or 1.5M");
  }

  /// Tokens, from none.
  static @Nullable Long tokens(Item item) {
    return item.value(Amounts::tokens, "a number of tokens", "write it like 4000, 4k or 1M");
  }

  /// A UTC day.
  static @Nullable LocalDate day(Item item) {
    return item.value(ValueText::date, "a day", "write it like 2026-08-21");
  }

  /// Another share, or so many times the one of the worksheet.
  static @Nullable Adjustment otherShare(Item item) {
    return item.value(
        text -> adjustment(text, ValueText::share),
        "a share from 0% to 100%, nor a factor",
        "write it like 10% or x2");
  }

  /// Another number of tokens, or so many times that of the worksheet.
  static @Nullable Adjustment otherTokens(Item item) {
    return item.value(
        text -> adjustment(text, Amounts::tokens),
        "a number of tokens, nor a factor",
        "write it like 4000, 4k or x0.5");
  }

  /// Another number of calls, or so many times that of the worksheet.
  static @Nullable Adjustment otherCalls(Item item) {
    return item.value(
        text -> adjustment(text, Amounts::calls),
        "a number of calls, nor a factor",
        "write it like 100k or x1.5");
  }

  private static Optional<Long> calls(String text) {
    return ValueText.tokens(text).filter(calls -> calls <= MOST_CALLS);
  }

  private static Optional<Long> tokens(String text) {
    return ValueText.tokens(text).filter(tokens -> tokens <= MOST_TOKENS);
  }

  private static Optional<Adjustment> adjustment(
      String text, Function<String, Optional<Long>> plain) {
    return text.startsWith("x")
        ? factor(text.substring(1)).map(Adjustment.Times::new)
        : plain.apply(text).map(Adjustment.To::new);
  }

  private static Optional<Long> factor(String text) {
    if (!ValueText.isNumber(text)) {
      return Optional.empty();
    }
    var factor = new BigDecimal(text);
    var millionths = factor.movePointRight(MILLIONTH_DIGITS);
    return factor.compareTo(MOST_TIMES) <= 0 && millionths.stripTrailingZeros().scale() <= 0
        ? Optional.of(millionths.longValueExact())
        : Optional.empty();
  }
}
