package io.faregate.worksheet.cost;

import io.faregate.money.Rate;
import io.faregate.money.Rates;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How far the longest input of a call is from a price cliff and from the end of the window, and
/// its output from the most that the model writes. Source: FORMULAS §2.3.
///
/// @param input tokens, cached or not
/// @param passedCliff the highest start of a long-context price below the input; null if none is
/// @param nextCliff the lowest one that is not passed; null if there is none
/// @param room the window less what is reserved for the answer; null when nobody knows the window
/// @param mostOutput what the model writes at most; null when nobody knows
public record Headroom(
    long input,
    @Nullable Long passedCliff,
    @Nullable Long nextCliff,
    @Nullable Long room,
    long output,
    @Nullable Long mostOutput) {
  private static final int NEAR_PERCENT = 90;

  /// Of a call on a model.
  public static Headroom of(Quote quote, Prices prices) {
    var model = prices.model(quote.model());
    var window = model.windowTokens();
    var input = quote.shape().longestInput();
    var price = quote.price();
    return new Headroom(
        input,
        price == null ? null : price.above().lowerKey(input),
        price == null ? null : price.above().ceilingKey(input),
        window == null ? null : window - model.reservedOutput(quote.shape().output()),
        quote.shape().output(),
        model.maxOutputTokens());
  }

  /// Whether the model does not write as much.
  public boolean isTooMuchOutput() {
    return mostOutput != null && output > mostOutput;
  }

  /// Whether the input is within a tenth of a price cliff.
  public boolean isNearCliff() {
    return nextCliff != null && isNear(nextCliff);
  }

  /// Whether the input is within a tenth of the end of the window, or beyond it.
  public boolean isNearWindow() {
    return room != null && isNear(room);
  }

  /// Whether the call does not fit into the window.
  public boolean isTooLong() {
    return room != null && input > room;
  }

  private boolean isNear(long edge) {
    return input * 100 >= edge * NEAR_PERCENT;
  }

  /// The hit rate above which it pays to write input to a cache: `(p_write - p_in) / (p_write -
  /// p_read)`; null when a price is unknown or writing costs no more than sending. Source: FORMULAS
  /// §2.3.
  public static @Nullable BigDecimal cachingPaysAbove(Rates rates, boolean hour) {
    var write = hour ? rates.cacheWrite1h() : rates.cacheWrite5m();
    var input = rates.input();
    var read = rates.cacheRead();
    if (write == null || input == null || read == null) {
      return null;
    }
    var more = difference(write, input);
    return more.signum() < 0 ? null : Share.ratio(more, difference(write, read));
  }

  private static BigDecimal difference(Rate one, Rate other) {
    return BigDecimal.valueOf(one.nanoUsdPerMillion() - other.nanoUsdPerMillion());
  }
}
