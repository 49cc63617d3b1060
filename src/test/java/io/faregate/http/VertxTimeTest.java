package io.faregate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxTimeTest {
  private final Vertx vertx = Vertx.vertx();
  private final VertxTime time = new VertxTime(vertx, InstantSource.system());

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void neverRingsBeforeItsTime() throws Exception {
    var delay = Duration.ofNanos(1_950_000);
    for (int alarm = 0; alarm < 100; alarm++) {
      var rung = new CompletableFuture<Long>();
      vertx.runOnContext(_ -> {
        long set = time.nanos();
        var _ = time.in(delay, () -> rung.complete(time.nanos() - set));
      });
      assertThat(rung.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(delay.toNanos());
    }
  }

  @Test
  void doesNotRingOnceCancelled() throws Exception {
    var rung = new CompletableFuture<String>();
    vertx.runOnContext(_ -> {
      var cancelled = time.in(Duration.ofMillis(5), () -> rung.complete("the cancelled one"));
      var _ = time.in(Duration.ofMillis(20), () -> rung.complete("the later one"));
      cancelled.cancel();
      cancelled.cancel();
    });
    assertThat(rung.get(10, TimeUnit.SECONDS)).isEqualTo("the later one");
  }
}
