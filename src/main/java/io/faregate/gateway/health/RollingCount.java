package io.faregate.gateway.health;

import java.util.Arrays;

/// A count over the last whole seconds and the one that runs, one bucket for each. Times are
/// monotonic nanoseconds from any origin; one that lies behind counts in the newest second. Not
/// safe for several threads: its owner guards it.
final class RollingCount {
  private static final long SECOND = 1_000_000_000L;

  private final int[] buckets;

  /// The second of the newest bucket; at first one that lies before every other.
  private long newest = Long.MIN_VALUE / 2;

  private long sum;

  /// Of that many seconds, the running one included.
  RollingCount(int seconds) {
    this.buckets = new int[seconds];
  }

  /// Counts one.
  void add(long nanos) {
    turnTo(nanos);
    buckets[bucket(newest)]++;
    sum++;
  }

  /// What was counted in those seconds.
  long sum(long nanos) {
    turnTo(nanos);
    return sum;
  }

  /// Forgets everything.
  void clear() {
    Arrays.fill(buckets, 0);
    sum = 0;
  }

  private void turnTo(long nanos) {
    var second = Math.floorDiv(nanos, SECOND);
    if (second - newest >= buckets.length) {
      clear();
      newest = second;
    }
    while (newest < second) {
      newest++;
      sum -= buckets[bucket(newest)];
      buckets[bucket(newest)] = 0;
    }
  }

  private int bucket(long second) {
    return Math.floorMod(second, buckets.length);
  }
}
