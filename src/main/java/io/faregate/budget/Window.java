package io.faregate.budget;

import java.time.Instant;

/// The stretch of time over which a limit counts, from an instant (in) to an instant (out).
public record Window(Instant from, Instant to) {
  public Window {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a window from %s cannot end at %s".formatted(from, to));
    }
  }

  /// Whether the instant lies in it.
  public boolean contains(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
