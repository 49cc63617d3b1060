package io.faregate.simulation;

import io.faregate.gateway.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that stands still until something is to happen, and then jumps there. One thread, one order
/// of events.
final class VirtualTime implements Time {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
  private final Instant origin;
  private long nanos;
  private long numbers;
  private Duration jumped = Duration.ZERO;

  private record Event(long atNanos, long number, Runnable action) {}

  VirtualTime(Instant origin) {
    this.origin = origin;
  }

  @Override
  public Instant now() {
    return origin.plusNanos(nanos).plus(jumped);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Alarm in(Duration delay, Runnable action) {
    var event = new Event(nanos + Math.max(0, delay.toNanos()), numbers++, action);
    events.add(event);
    return () -> events.remove(event);
  }

  /// Sets the wall clock forward. Durations do not notice.
  void jump(Duration by) {
    jumped = jumped.plus(by);
  }

  /// Lets the next thing happen.
  ///
  /// @return false when nothing is to come
  boolean step() {
    var next = events.poll();
    if (next == null) {
      return false;
    }
    nanos = Math.max(nanos, next.atNanos());
    next.action().run();
    return true;
  }

  /// Forgets everything that was to happen, as the death of a process does.
  void clear() {
    events.clear();
  }
}
