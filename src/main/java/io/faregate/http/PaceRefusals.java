package io.faregate.http;

import io.faregate.dialect.Failure;
import io.faregate.gateway.Header;
import io.faregate.http.KeyPace.Entrance;
import io.faregate.policy.Key;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What a client hears that calls too fast or too often at once. Clients wait as long as they are
/// told to, so they are never told more than half a minute. Source: CLIENTS §4.
final class PaceRefusals {
  private static final long MOST_MILLIS = 30_000;
  private static final long MILLI_NANOS = 1_000_000;

  private PaceRefusals() {}

  static Failure failure(Key key, Entrance.Full full) {
    return failure(
        """
        the key %s may have %d calls under way at once, and has as many; try again when one of \
        them has ended\
        """
            .formatted(key.name(), full.limit()),
        full.waitNanos());
  }

  static Failure failure(Key key, Entrance.TooFast fast, Instant now) {
    var next = now.plusNanos(fast.waitNanos()).truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    return failure(
        "the key %s may begin %d calls in a minute, and has; the next one may come at %s"
            .formatted(key.name(), fast.limit(), next),
        fast.waitNanos());
  }

  static List<Header> headers(Entrance.Full full) {
    return headers(full.limit(), full.waitNanos(), full.waitNanos());
  }

  static List<Header> headers(Entrance.TooFast fast) {
    return headers(fast.limit(), fast.waitNanos(), fast.resetNanos());
  }

  private static Failure failure(String message, long waitNanos) {
    var seconds = Math.toIntExact(Math.ceilDiv(millis(waitNanos), 1_000));
    return new Failure(
        429,
        "rate_limit_exceeded",
        "faregate_rate_limited",
        message,
        null,
        null,
        null,
        seconds,
        null);
  }

  private static List<Header> headers(long limit, long waitNanos, long resetNanos) {
    var reset = BigDecimal.valueOf(Math.ceilDiv(resetNanos, MILLI_NANOS), 3);
    return List.of(
        new Header("retry-after-ms", Long.toString(millis(waitNanos))),
        new Header("x-ratelimit-limit-requests", Long.toString(limit)),
        new Header("x-ratelimit-remaining-requests", "0"),
        new Header("x-ratelimit-reset-requests", reset.stripTrailingZeros().toPlainString() + "s"));
  }

  /// From one millisecond to half a minute.
  private static long millis(long waitNanos) {
    return Math.clamp(Math.ceilDiv(waitNanos, MILLI_NANOS), 1, MOST_MILLIS);
  }
}
