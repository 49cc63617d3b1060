package io.faregate.money;

import static io.faregate.money.TokenKind.OUTPUT;

import org.jspecify.annotations.Nullable;

/// The rates of one price row by token kind, and a fee for each call. An absent rate is unknown: a
/// usage that needs it is unpriced. `reasoning` is only set where reasoning has a price of its own;
/// elsewhere it is billed as output.
public record Rates(
    @Nullable Rate input,
    @Nullable Rate cacheRead,
    @Nullable Rate cacheWrite5m,
    @Nullable Rate cacheWrite1h,
    @Nullable Rate output,
    @Nullable Rate reasoning,
    @Nullable Rate perCall) {

  private static final long MILLION = 1_000_000;
  private static final TokenKind[] KINDS = TokenKind.values();

  /// The rate of a kind, or null when nobody knows it.
  public @Nullable Rate rate(TokenKind kind) {
    return switch (kind) {
      case INPUT -> input;
      case CACHE_READ -> cacheRead;
      case CACHE_WRITE_5M -> cacheWrite5m;
      case CACHE_WRITE_1H -> cacheWrite1h;
      case OUTPUT -> output;
    };
  }

  /// The cost of one attempt, rounded once, half up, over the sum of all kinds. Source: FORMULAS
  /// §1.1.
  ///
  /// @throws ArithmeticException if the sum passes nine billion dollars
  public Cost cost(Usage usage) {
    var units = units(usage);
    return units < 0
        ? new Cost.Unpriced()
        : new Cost.Priced(Math.floorDiv(Math.addExact(units, MILLION / 2), MILLION));
  }

  /// The same sum rounded up, for a ceiling that the cost never passes.
  public Cost ceiling(Usage usage) {
    var units = units(usage);
    return units < 0 ? new Cost.Unpriced() : new Cost.Priced(Math.ceilDiv(units, MILLION));
  }

  /// The dearest rate at which a token of input may be billed: uncached, or written to a cache,
  /// which some providers do unasked; a cache of an hour only where one is asked for. Null when no
  /// such rate is known. Source: RELIABILITY §4.
  public @Nullable Rate dearestInput(boolean cacheAsked) {
    var dearest = dearer(input, cacheWrite5m);
    return cacheAsked ? dearer(dearest, cacheWrite1h) : dearest;
  }

  private static @Nullable Rate dearer(@Nullable Rate one, @Nullable Rate other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.nanoUsdPerMillion() >= other.nanoUsdPerMillion() ? one : other;
  }

  /// Nano-dollars times a million, or -1 when a kind in use has no rate.
  private long units(Usage usage) {
    long sum = perCall == null ? 0 : perCall.nanoUsdPerMillion();
    for (var kind : KINDS) {
      var tokens =
          kind == OUTPUT && reasoning != null
              ? usage.output() - usage.reasoning()
              : usage.tokens(kind);
      var part = part(tokens, rate(kind));
      if (part < 0) {
        return -1;
      }
      sum = Math.addExact(sum, part);
    }
    return reasoning == null ? sum : Math.addExact(sum, part(usage.reasoning(), reasoning));
  }

  private static long part(long tokens, @Nullable Rate rate) {
    if (tokens == 0) {
      return 0;
    }
    return rate == null ? -1 : Math.multiplyExact(tokens, rate.nanoUsdPerMillion());
  }
}
