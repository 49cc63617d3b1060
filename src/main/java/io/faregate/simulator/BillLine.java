package io.faregate.simulator;

import io.faregate.simulator.tongue.TokenCount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// What one attempt cost at this provider.
///
/// @param number the attempt's number, from 0 in order of arrival
/// @param requestId the `x-request-id` of the answer
/// @param user the body's `user`, or empty
/// @param bodySha256 SHA-256 of the body as received, in hex
/// @param serviceTier echoed; it does not change the price
/// @param usageReported whether the client was sent a usage equal to `tokens`, as far as it read on
/// @param exactCost in nano-USD × 10⁶
public record BillLine(
    long number,
    String requestId,
    String model,
    String user,
    String bodySha256,
    String serviceTier,
    Ending ending,
    boolean usageReported,
    TokenCount tokens,
    BigInteger exactCost) {
  /// How the attempt ended: answered to the end; left by the client, and charged for what was
  /// produced; cut by the provider, the same; failed, and charged all the same.
  public enum Ending {
    COMPLETE,
    CLIENT_LEFT,
    CUT,
    FAILED
  }

  /// Digits of `exactCost` below one nano-USD.
  static final int EXACT_DIGITS = 6;

  /// The cost rounded half up to whole nano-USD.
  ///
  /// @throws ArithmeticException if it exceeds a `long`
  public long costNanoUsd() {
    return new BigDecimal(exactCost, EXACT_DIGITS)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
