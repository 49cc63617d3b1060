package io.faregate.main;

import io.faregate.config.ConfigWatch;
import io.faregate.config.Configuration;
import io.faregate.config.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gateway that serves until the process is asked to end: it then lets no new call in, waits for
/// those under way, and closes everything.
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private Serving() {}

  /// Serves, and reloads the file whenever it changes. Returns only if the process cannot be asked
  /// to end in the usual way.
  static void untilAsked(Wiring wiring) {
    var asked = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("end")
                .unstarted(
                    () -> {
                      end(wiring);
                      asked.countDown();
                      // Asked to end and done so: without this the JVM would report the signal.
                      Runtime.getRuntime().halt(0);
                    }));
    try {
      asked.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(Wiring wiring) {
    var ended = wiring.drain(DRAIN);
    LOG.atInfo().addKeyValue("all_calls_ended", ended).log("stopping");
    wiring.close();
  }
}
