package io.faregate.http;

import io.faregate.gateway.Time;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

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

  /// Timers count whole milliseconds; one that rang early would find time left. One with a number
  /// would have its place in a map that all event loops share.
  @Override
  public Alarm in(Duration delay, Runnable action) {
    long millis = delay.plusNanos(999_999).toMillis();
    var timer = vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS);
    timer.onSuccess(_ -> action.run());
    return timer::cancel;
  }
}
