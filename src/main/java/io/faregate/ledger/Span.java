package io.faregate.ledger;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time, from an instant (in) to an instant (out).
public record Span(Instant from, Instant to) {
  /// The earliest and the latest time of a report: stores know no more years than these.
  public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /// The longest window of a limit, a month, and a day for its zone: what began before counts in
  /// none that still runs.
  public static final Duration LONGEST_WINDOW = Duration.ofDays(32);

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

  /// This span as far as it has come: without what lies ahead.
  public Span upTo(Instant now) {
    return now.isBefore(to) && !now.isBefore(from) ? new Span(from, now) : this;
  }

  /// Whether reports know a time.
  public static boolean knows(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  /// The beginning of the quarter of an hour that an instant lies in.
  public static Instant quarterOf(Instant instant) {
    var second = instant.getEpochSecond();
    return Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS));
  }
}
