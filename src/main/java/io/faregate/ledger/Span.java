package io.faregate.ledger;

import java.time.Instant;

/// A stretch of time, from an instant (in) to an instant (out).
public record Span(Instant from, Instant to) {
  public Span {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a span from %s cannot end at %s".formatted(from, to));
    }
  }
}
