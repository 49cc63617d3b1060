package io.faregate.call;

import java.util.Locale;

/// How an attempt ended, which decides what becomes of its hold (RELIABILITY §2).
public enum Ending {
  /// The provider answered and said how much it used.
  ANSWERED,
  /// It answered to the end and did not say how much it used.
  NO_USAGE,
  /// It stopped in the middle of an answer.
  CUT,
  /// The client left and the attempt was cancelled.
  ABANDONED,
  /// The provider refused with an error that it does not bill.
  REFUSED,
  /// The provider refused with an error that it does bill.
  REFUSED_BILLED,
  /// Nothing was sent: no connection could be made, at all, in time or before the client left.
  UNSENT,
  /// Sent, and no answer came before the time-out or a reset.
  LOST,
  /// The process died; found at the next start.
  CRASHED;

  /// The name in columns and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
