package io.faregate.admin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// The only door through which a loop lets something block: each piece of work has a virtual thread
/// of its own, a few run at a time, some may wait, and more are turned away. Any loop may ask; the
/// answer comes on the loop that asked.
final class Blocking implements AutoCloseable {
  private static final int AT_ONCE = 4;
  private static final int WAITING = 64;

  private final Vertx vertx;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final AtomicInteger inside = new AtomicInteger();

  Blocking(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Runs the work elsewhere. Fails with an [AdminException] when too much is waiting already.
  <T> Future<T> run(Callable<T> work) {
    if (inside.incrementAndGet() > AT_ONCE + WAITING) {
      inside.decrementAndGet();
      return Future.failedFuture(
          new AdminException(
              503,
              "faregate_busy",
              "too many reports are being made at once",
              "ask again in a few seconds"));
    }
    var loop = vertx.getOrCreateContext();
    var promise = Promise.<T>promise();
    threads.execute(() -> {
      try {
        var result = guarded(work);
        loop.runOnContext(_ -> promise.complete(result));
      } catch (Exception failure) {
        loop.runOnContext(_ -> promise.fail(failure));
      } finally {
        inside.decrementAndGet();
      }
    });
    return promise.future();
  }

  private <T> T guarded(Callable<T> work) throws Exception {
    places.acquire();
    try {
      return work.call();
    } finally {
      places.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
