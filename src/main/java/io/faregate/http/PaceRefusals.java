package io.faregate.http;

import io.faregate.call.Protocol;
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

  /// @param protocol of the client, whose dialect has its own names for the same
  static List<Header> headers(Entrance.Full full, Protocol protocol, Instant now) {
    return headers(new Pace(full.limit(), full.waitNanos(), full.waitNanos()), protocol, now);
  }

  /// @param protocol of the client, whose dialect has its own names for the same
  static List<Header> headers(Entrance.TooFast fast, Protocol protocol, Instant now) {
    return headers(new Pace(fast.limit(), fast.waitNanos(), fast.resetNanos()), protocol, now);
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

  private static List<Header> headers(Pace pace, Protocol protocol, Instant now) {
    var wait = new Header("retry-after-ms", Long.toString(millis(pace.waitNanos())));
    var limit = Long.toString(pace.limit());
    if (protocol == Protocol.MESSAGES) {
      var reset = now.plusNanos(pace.resetNanos()).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      return List.of(
          wait,
          new Header("anthropic-ratelimit-requests-limit", limit),
          new Header("anthropic-ratelimit-requests-remaining", "0"),
          new Header("anthropic-ratelimit-requests-reset", reset.toString()));
    }
    var reset = BigDecimal.valueOf(Math.ceilDiv(pace.resetNanos(), MILLI_NANOS), 3);
    return List.of(
        wait,
        new Header("x-ratelimit-limit-requests", limit),
        new Header("x-ratelimit-remaining-requests", "0"),
        new Header("x-ratelimit-reset-requests", reset.stripTrailingZeros().toPlainString() + "s"));
  }

  /// From one millisecond to half a minute.
  private static long millis(long waitNanos) {
    return Math.clamp(Math.ceilDiv(waitNanos, MILLI_NANOS), 1, MOST_MILLIS);
  }

  /// What a client is told of its pace.
  private record Pace(long limit, long waitNanos, long resetNanos) {}
}
