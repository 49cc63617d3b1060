package io.faregate.main;

import io.faregate.telemetry.LogEnd;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the process until it is asked to end, and ends it well.
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private Serving() {}

  /// Serves until asked; then lets no new call in, waits for those under way, and closes all.
  ///
  /// @param tidying what comes last
  static void untilAsked(Wiring wiring, Runnable tidying) {
    untilAsked(() -> {
      var ended = wiring.drain(DRAIN);
      LOG.atInfo().addKeyValue("all_calls_ended", ended).log("stopping");
      wiring.close();
      LOG.info("stopped");
      tidying.run();
    });
  }

  /// Waits until asked, then runs the end.
  static void untilAsked(Runnable end) {
    var asked = new CountDownLatch(1);
    var ending =
        Thread.ofPlatform()
            .name("end")
            .unstarted(() -> {
              end.run();
              LogEnd.reach();
              // Asked to end and done so; left alone, the JVM would report the signal instead.
              Runtime.getRuntime().halt(0);
            });
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      asked.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
