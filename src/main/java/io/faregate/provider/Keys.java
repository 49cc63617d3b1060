package io.faregate.provider;

import io.faregate.gateway.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The keys of a provider. They are used in turn; one that is rate-limited is stepped over while
/// another one is free. Any event loop may ask, and none waits.
final class Keys {
  /// How long a key is left alone that its provider limits without saying for how long, and how
  /// long at most: the same as of models, see [io.faregate.gateway.health.Health].
  private static final Duration USUAL = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final List<Supplier<String>> keys;
  private final Map<Integer, Long> limitedUntil = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  /// @param keys asked each time, since a file may hold a newer one
  Keys(List<Supplier<String>> keys) {
    this.keys = List.copyOf(keys);
  }

  /// The key whose turn it is; null of a provider that wants none.
  @Nullable Use next(Time time) {
    if (keys.isEmpty()) {
      return null;
    }
    var first = Math.floorMod(turn.getAndIncrement(), keys.size());
    return new Use(limitedUntil.isEmpty() ? first : free(first, time.nanos()), time);
  }

  /// The first free one from there on; if none is, the one there.
  private int free(int first, long nanos) {
    for (int i = 0; i < keys.size(); i++) {
      var place = (first + i) % keys.size();
      if (isFree(place, nanos)) {
        return place;
      }
    }
    return first;
  }

  private boolean isFree(int place, long nanos) {
    var until = limitedUntil.get(place);
    return until == null || until - nanos <= 0;
  }

  /// One request with one of the keys.
  final class Use {
    private final int place;
    private final Time time;

    Use(int place, Time time) {
      this.place = place;
      this.time = time;
    }

    String key() {
      return keys.get(place).get();
    }

    /// Notes that the provider limits the key.
    ///
    /// @param pause how long it asked to be left alone, or null
    void limited(@Nullable Duration pause) {
      var asked = pause == null ? USUAL : pause;
      var until = time.nanos() + (asked.compareTo(LONGEST) < 0 ? asked : LONGEST).toNanos();
      var _ = limitedUntil.merge(place, until, (one, other) -> one - other > 0 ? one : other);
    }

    /// Whether another key is free.
    boolean leavesAnother() {
      var nanos = time.nanos();
      return isFree(free(place, nanos), nanos);
    }
  }
}
