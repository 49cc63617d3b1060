package io.faregate.worksheet.plan;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What share goes otherwise than hoped, in millionths. Source: FORMULAS §2.1.
///
/// @param retry extra attempts on the first tier for each first attempt there
/// @param ownFallbackRetry the same on the fallback tier; null where it is that of the first
/// @param fallback calls that reach the fallback tier
/// @param failure calls never completed
/// @param correction completed calls that were accepted and wrong
/// @param billed part of a failed attempt's cost that is billed
public record Odds(
    long retry,
    @Nullable Long ownFallbackRetry,
    long fallback,
    long failure,
    long correction,
    long billed) {
  /// A share of one.
  public static final long ALL = 1_000_000;

  /// Everything goes well, and what fails is billed in full.
  public static final Odds NONE = new Odds(0, null, 0, 0, 0, ALL);

  public Odds {
    check("retry_rate", retry, ALL);
    check("fallback_retry_rate", ownFallbackRetry == null ? 0 : ownFallbackRetry, ALL);
    check("fallback_rate", fallback, ALL);
    check("failure_rate", failure, ALL - 1);
    check("correction_rate", correction, ALL);
    check("billed_share", billed, ALL);
  }

  /// Extra attempts on the fallback tier for each first attempt there.
  public long fallbackRetry() {
    return ownFallbackRetry == null ? retry : ownFallbackRetry;
  }

  private static void check(String name, long share, long most) {
    if (share < 0 || share > most) {
      throw new IllegalArgumentException(
          "%s of %s%% is not from 0%% to %s100%%"
              .formatted(
                  name,
                  BigDecimal.valueOf(share, 4).stripTrailingZeros().toPlainString(),
                  most < ALL ? "less than " : ""));
    }
  }
}
