package io.faregate.money;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a model may run, as far as its price depends on it. Source: FORMULAS §1.3.
public enum Residency {
  /// Wherever its provider likes.
  ANYWHERE,
  /// In the United States only: Anthropic asks a tenth more for each token.
  US,
  /// In a place for which nobody knows a price.
  ELSEWHERE;

  private static final long PART = 10;

  /// The place of that name in a request or an answer of Anthropic's; null is anywhere.
  public static Residency of(@Nullable String geo) {
    return switch (geo) {
      case null -> ANYWHERE;
      case "global", "not_available" -> ANYWHERE;
      case "us" -> US;
      default -> ELSEWHERE;
    };
  }

  /// The name in columns and JSON, or null for anywhere.
  public @Nullable String word() {
    return this == ANYWHERE ? null : name().toLowerCase(Locale.ROOT);
  }

  /// The row of a model that runs here; empty when nobody knows one.
  ///
  /// @param anywhere the row of one that runs anywhere
  public Optional<Price> price(Price anywhere) {
    return switch (this) {
      case ANYWHERE -> Optional.of(anywhere);
      case US -> Optional.of(anywhere.withTokenRates(Residency::inTheUs, "a tenth more in the US"));
      case ELSEWHERE -> Optional.empty();
    };
  }

  /// Rates are multiples of ten nano-dollars; if ever one is not, it is rounded up.
  private static Rate inTheUs(Rate rate) {
    var more = Math.ceilDiv(rate.nanoUsdPerMillion(), PART);
    return new Rate(Math.addExact(rate.nanoUsdPerMillion(), more));
  }
}
