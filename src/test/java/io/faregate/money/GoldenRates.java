package io.faregate.money;

import io.faregate.Words;
import org.jspecify.annotations.Nullable;

/// Rates and usage as golden files write them: `input=3 cache-write-5m=3.75`, by kind of token,
/// rates in dollars per million.
public final class GoldenRates {
  private GoldenRates() {}

  /// Reads rates; an absent kind has no price.
  public static Rates rates(Words words) {
    return new Rates(
        rate(words, "input"),
        rate(words, "cache-read"),
        rate(words, "cache-write-5m"),
        rate(words, "cache-write-1h"),
        rate(words, "output"),
        rate(words, "reasoning"),
        rate(words, "fee"));
  }

  /// Reads a usage; an absent kind was not used.
  public static Usage usage(Words words) {
    return new Usage(
        words.number("input", 0),
        words.number("cache-read", 0),
        words.number("cache-write-5m", 0),
        words.number("cache-write-1h", 0),
        words.number("output", 0),
        words.number("reasoning", 0));
  }

  private static @Nullable Rate rate(Words words, String kind) {
    var text = words.text(kind);
    return text == null ? null : Rate.perMillion(text);
  }
}
