package io.faregate.money;

import java.util.function.UnaryOperator;
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

  /// Rates of which none is known.
  public static final Rates UNKNOWN = new Rates(null, null, null, null, null, null, null);

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
    return sum(usage, MILLION / 2);
  }

  /// The same sum rounded up, for a ceiling that the cost never passes.
  public Cost ceiling(Usage usage) {
    return sum(usage, MILLION - 1);
  }

  /// These rates with a fee for each call, unless they have one of their own.
  Rates withFee(@Nullable Rate fee) {
    return perCall != null
        ? this
        : new Rates(input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, fee);
  }

  /// Other rates for tokens; the fee for a call stays.
  Rates withTokenRates(UnaryOperator<Rate> change) {
    return new Rates(
        changed(input, change),
        changed(cacheRead, change),
        changed(cacheWrite5m, change),
        changed(cacheWrite1h, change),
        changed(output, change),
        changed(reasoning, change),
        perCall);
  }

  private static @Nullable Rate changed(@Nullable Rate rate, UnaryOperator<Rate> change) {
    return rate == null ? null : change.apply(rate);
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

  /// Whole nano-dollars and millionths of them are summed apart: their product alone would pass the
  /// range of a long at nine thousand dollars, which a provider that misreports can reach.
  private Cost sum(Usage usage, long rounding) {
    var shown = reasoning == null ? usage.output() : usage.output() - usage.reasoning();
    long[] units = {
      usage.input(),
      usage.cacheRead(),
      usage.cacheWrite5m(),
      usage.cacheWrite1h(),
      shown,
      usage.output() - shown,
      perCall == null ? 0 : 1
    };
    @Nullable Rate[] rates = {
      input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, perCall
    };
    long nanoUsd = 0;
    long millionths = rounding;
    for (int i = 0; i < units.length; i++) {
      var rate = rates[i];
      if (units[i] > 0 && rate == null) {
        return new Cost.Unpriced();
      }
      if (rate != null) {
        var perMillion = rate.nanoUsdPerMillion();
        nanoUsd = Math.addExact(nanoUsd, Math.multiplyExact(units[i], perMillion / MILLION));
        millionths = Math.addExact(millionths, Math.multiplyExact(units[i], perMillion % MILLION));
      }
    }
    return new Cost.Priced(Math.addExact(nanoUsd, millionths / MILLION));
  }
}
