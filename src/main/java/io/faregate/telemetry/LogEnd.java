package io.faregate.telemetry;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The end of the log, which only the end of the process is: a hook of the logging library would
/// stop the log when the process is asked to end, before the calls under way have ended and been
/// logged.
public final class LogEnd {
  private static final Queue<Runnable> STOPS = new ConcurrentLinkedQueue<>();

  private LogEnd() {}

  static void willBe(Runnable stop) {
    STOPS.add(stop);
  }

  /// Writes out all lines so far and stops the log. Without a log it does nothing, and starts none.
  public static void reach() {
    for (var stop = STOPS.poll(); stop != null; stop = STOPS.poll()) {
      stop.run();
    }
  }
}
