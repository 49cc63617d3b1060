package io.faregate.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One call in the house: the drain counts it, and so does its key, until it is over.
final class Stay {
  private final Drain drain;
  private final KeyPace.@Nullable Place place;
  private final AtomicBoolean over = new AtomicBoolean();

  /// @param place null when there are no keys
  Stay(Drain drain, KeyPace.@Nullable Place place) {
    this.drain = drain;
    this.place = place;
    drain.began();
  }

  /// Its client is about to hear the end, and may call again at once.
  void ending() {
    if (place != null) {
      place.leave();
    }
  }

  /// Ends it, once.
  void over() {
    if (over.compareAndSet(false, true)) {
      ending();
      drain.ended();
    }
  }
}
