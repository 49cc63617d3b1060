package io.faregate.http;

import io.faregate.gateway.Time;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time of this machine, with alarms on the event loop that sets them.
public final class VertxTime implements Time {
  private final Vertx vertx;
  private final InstantSource clock;

  /// @param clock tells the date
  public VertxTime(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  /// Timers count whole milliseconds; one that rang early would find time left.
  @Override
  public Alarm in(Duration delay, Runnable action) {
    long millis = delay.plusNanos(999_999).toMillis();
    long timer = vertx.setTimer(Math.max(1, millis), _ -> action.run());
    return () -> vertx.cancelTimer(timer);
  }
}
