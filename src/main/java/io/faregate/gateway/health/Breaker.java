package io.faregate.gateway.health;

import io.faregate.gateway.health.HealthState.Standing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of one model. It is passed over after five failures in a row, or when half of at
/// least twenty attempts in ten seconds failed: first for five seconds, doubled each time that the
/// trial at the end of them fails, up to five minutes. Then one attempt at a time is let through,
/// and an answer ends it all. Sources: Envoy, outlier detection (5 in a row); RELIABILITY §1.
///
/// An attempt tells nothing of what has come since it was sent: fifty that fail together open it
/// once. Not safe for several threads: [Health] guards it.
final class Breaker {
  private static final int FAILURES_IN_A_ROW = 5;
  private static final int WINDOW_SECONDS = 10;
  private static final int ENOUGH_ATTEMPTS = 20;
  private static final Duration OPEN = Duration.ofSeconds(5);
  private static final Duration BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// A trial may be a stream that lasts for hours; after this another one may begin.
  private static final Duration TRIAL = Duration.ofSeconds(30);

  private final RollingCount attempts = new RollingCount(WINDOW_SECONDS);
  private final RollingCount failures = new RollingCount(WINDOW_SECONDS);

  private int inARow;
  private @Nullable String reason;
  private long sinceNanos;

  /// How often it was opened without an answer between.
  private int openings;

  private long openedNanos;
  private long openUntil;
  private boolean onTrial;
  private long trialSent;

  /// How often it asked for fewer calls without an answer between.
  private int limits;

  private long limitedNanos;
  private long limitedUntil;

  Breaker(long nanos) {
    this.sinceNanos = nanos;
  }

  /// Whether anything is known against it.
  boolean isTroubled() {
    return openings > 0 || limits > 0;
  }

  /// Until when it is passed over, which may lie behind; only for one that is troubled.
  long passedOverUntil() {
    var until = openings > 0 ? openUntil : limitedUntil;
    if (limits > 0) {
      until = later(until, limitedUntil);
    }
    return onTrial ? later(until, trialSent + TRIAL.toNanos()) : until;
  }

  /// An attempt is about to be sent.
  ///
  /// @return whether the model is not passed over at this moment
  boolean begin(long nanos) {
    if (!isTroubled()) {
      return true;
    }
    if (passedOverUntil() - nanos > 0) {
      return false;
    }
    if (openings > 0) {
      onTrial = true;
      trialSent = nanos;
    }
    return true;
  }

  /// An attempt that was sent then is over.
  void end(Sign sign, long sentNanos, long nanos) {
    if (onTrial && sentNanos == trialSent) {
      onTrial = false;
    }
    switch (sign) {
      case Sign.Served _ -> served(sentNanos, nanos);
      case Sign.Failed(var why) -> failed(why, sentNanos, nanos);
      case Sign.Limited(var retryAfter) -> limited(retryAfter, sentNanos, nanos);
      case Sign.Nothing _ -> {}
    }
  }

  Standing standing(long nanos) {
    if (openings > 0 && openUntil - nanos > 0) {
      return Standing.OPEN;
    }
    if (limits > 0 && limitedUntil - nanos > 0) {
      return Standing.RATE_LIMITED;
    }
    return openings > 0 ? Standing.HALF_OPEN : Standing.CLOSED;
  }

  /// When it came to its standing.
  long sinceNanos(long nanos) {
    return switch (standing(nanos)) {
      case CLOSED -> sinceNanos;
      case OPEN -> openedNanos;
      case HALF_OPEN -> openUntil;
      case RATE_LIMITED -> limitedNanos;
    };
  }

  int inARow() {
    return inARow;
  }

  /// What was last seen against it, or null.
  @Nullable String reason() {
    return reason;
  }

  private void served(long sentNanos, long nanos) {
    if (isStale(sentNanos)) {
      return;
    }
    if (isTroubled()) {
      sinceNanos = nanos;
    }
    if (openings > 0) {
      openings = 0;
      onTrial = false;
      attempts.clear();
      failures.clear();
    }
    limits = 0;
    inARow = 0;
    reason = null;
    attempts.add(nanos);
  }

  private void failed(String why, long sentNanos, long nanos) {
    if (openings > 0 && sentNanos - openedNanos < 0) {
      return;
    }
    inARow++;
    reason = why;
    if (openings > 0) {
      if (nanos - openUntil >= 0) {
        open(nanos);
      }
      return;
    }
    attempts.add(nanos);
    failures.add(nanos);
    var seen = attempts.sum(nanos);
    if (inARow >= FAILURES_IN_A_ROW
        || (seen >= ENOUGH_ATTEMPTS && 2 * failures.sum(nanos) >= seen)) {
      open(nanos);
    }
  }

  private void open(long nanos) {
    openUntil = nanos + doubled(OPEN, openings, LONGEST).toNanos();
    openedNanos = nanos;
    onTrial = false;
    openings++;
  }

  private void limited(@Nullable Duration retryAfter, long sentNanos, long nanos) {
    var stale = limits > 0 && sentNanos - limitedNanos < 0;
    if (stale && retryAfter == null) {
      return;
    }
    var pause = retryAfter == null ? doubled(BACK_OFF, limits, LONGEST_BACK_OFF) : retryAfter;
    var until = nanos + least(pause, LONGEST).toNanos();
    limitedUntil = limits > 0 ? later(limitedUntil, until) : until;
    reason = "rate limit";
    if (!stale) {
      limitedNanos = nanos;
      limits++;
    }
  }

  private boolean isStale(long sentNanos) {
    return (openings > 0 && sentNanos - openedNanos < 0)
        || (limits > 0 && sentNanos - limitedNanos < 0);
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    var most = Long.SIZE - Long.numberOfLeadingZeros(longest.dividedBy(first));
    return least(first.multipliedBy(1L << Math.min(times, most)), longest);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
