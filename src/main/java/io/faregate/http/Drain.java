package io.faregate.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the calls under way on all event loops, and tells when the last one has ended after no
/// more were wanted.
public final class Drain {
  private final AtomicInteger underWay = new AtomicInteger();
  private final Promise<Void> empty = Promise.promise();
  private volatile boolean draining;

  /// Whether new calls are refused.
  public boolean draining() {
    return draining;
  }

  /// How many calls are under way.
  public int underWay() {
    return underWay.get();
  }

  /// Lets no new call in; the future completes when the last one has ended.
  public Future<Void> begin() {
    draining = true;
    if (underWay.get() == 0) {
      empty.tryComplete();
    }
    return empty.future();
  }

  void began() {
    underWay.incrementAndGet();
  }

  void ended() {
    if (underWay.decrementAndGet() == 0 && draining) {
      empty.tryComplete();
    }
  }
}
