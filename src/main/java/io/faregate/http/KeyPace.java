package io.faregate.http;

import io.faregate.policy.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// How fast the holder of each key may call, and how many of its calls may be under way at once.
/// All event loops share it.
///
/// A bucket holds the calls of one minute and fills evenly. It is kept as the time that the calls
/// so far have used of that minute, so it keeps its level when a reload changes the rate, and needs
/// no timer. A lane that owes nothing and has no call under way says nothing, and is let go when
/// the policy changes: so memory is bounded by the keys, and those that stay keep their level.
public final class KeyPace {
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Map<String, Lane> lanes = new HashMap<>();

  /// Whether a call may begin.
  sealed interface Entrance {
    /// It may; the place must be given back when it is over.
    record Open(Place place) implements Entrance {}

    /// As many calls are under way as the key may have at once.
    record Full(long limit) implements Entrance {
      /// Nobody knows when a call ends; a second is a fair guess.
      long waitNanos() {
        return SECOND_NANOS;
      }
    }

    /// The calls of this minute are used up.
    ///
    /// @param waitNanos until the next call may begin
    /// @param resetNanos until the bucket is full
    record TooFast(long limit, long waitNanos, long resetNanos) implements Entrance {}
  }

  /// The place of one call under way.
  final class Place {
    private final Lane lane;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(Lane lane) {
      this.lane = lane;
    }

    /// Gives the place back. Harmless when that was done before.
    void leave() {
      if (left.compareAndSet(false, true)) {
        synchronized (KeyPace.this) {
          lane.underWay--;
        }
      }
    }
  }

  /// Lets a call of the key begin, if it may. A refused one uses nothing.
  ///
  /// @param nanos the time, from any origin
  synchronized Entrance enter(Key key, long nanos) {
    var lane = lanes.computeIfAbsent(key.name(), _ -> new Lane(nanos));
    lane.fill(nanos);
    if (key.concurrency() != null && lane.underWay >= key.concurrency()) {
      return new Entrance.Full(key.concurrency());
    }
    if (key.ratePerMinute() != null) {
      // Rounded up: the bucket may lose a nanosecond of each call, never gain a call.
      var each = Math.ceilDiv(MINUTE_NANOS, key.ratePerMinute());
      var whole = Math.multiplyExact(each, key.ratePerMinute());
      if (lane.usedNanos > whole - each) {
        return new Entrance.TooFast(
            key.ratePerMinute(), lane.usedNanos - (whole - each), lane.usedNanos);
      }
      lane.usedNanos += each;
    }
    lane.underWay++;
    return new Entrance.Open(new Place(lane));
  }

  /// Lets go of what says nothing any more.
  synchronized void tidy(long nanos) {
    lanes.values().removeIf(lane -> lane.isIdle(nanos));
  }

  /// How many lanes are remembered.
  synchronized int lanes() {
    return lanes.size();
  }

  /// The calls of one key.
  private static final class Lane {
    private long atNanos;
    private long usedNanos;
    private int underWay;

    Lane(long nanos) {
      atNanos = nanos;
    }

    /// Loops may tell the time in a slightly wrong order; it never runs back here.
    void fill(long nanos) {
      var passed = nanos - atNanos;
      if (passed > 0) {
        usedNanos = Math.max(0, usedNanos - passed);
        atNanos = nanos;
      }
    }

    boolean isIdle(long nanos) {
      fill(nanos);
      return usedNanos == 0 && underWay == 0;
    }
  }
}
