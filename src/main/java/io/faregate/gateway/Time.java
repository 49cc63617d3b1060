package io.faregate.gateway;

import java.time.Duration;
import java.time.Instant;

/// Time as a call meets it: dates from a clock that may jump, durations from one that never does,
/// and alarms on the event loop that set them.
public interface Time {
  /// The date, for rows, windows and prices.
  Instant now();

  /// Nanoseconds from an arbitrary origin, for durations.
  long nanos();

  /// Runs the action after the delay, unless it is cancelled before.
  Alarm in(Duration delay, Runnable action);

  /// An action to come.
  interface Alarm {
    /// Lets it not come. Harmless when it has run.
    void cancel();
  }
}
