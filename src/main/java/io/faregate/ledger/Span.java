package io.faregate.ledger;

import java.time.Instant;

/// A stretch of time, from an instant (in) to an instant (out).
public record Span(Instant from, Instant to) {
  private static final long QUARTER_SECONDS = 15 * 60;

  public Span {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a span from %s cannot end at %s".formatted(from, to));
    }
  }

  /// The shortest span of whole quarters of an hour (UTC) that holds this one: what cells can tell.
  public Span wholeQuarters() {
    var last = quarterOf(to);
    return new Span(quarterOf(from), last.equals(to) ? to : last.plusSeconds(QUARTER_SECONDS));
  }

  /// The beginning of the quarter of an hour that an instant lies in.
  public static Instant quarterOf(Instant instant) {
    var second = instant.getEpochSecond();
    return Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS));
  }
}
