package io.faregate.telemetry;

import io.faregate.call.ModelId;
import io.faregate.gateway.Alert;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a log line for what a person should look at. A model of which the same is to be said
/// again has a line a minute, which tells how many there were since the one before: a provider that
/// never reports its usage gives an alert for each call. Any thread may write.
final class AlertLog {
  private static final Logger LOG = LoggerFactory.getLogger("faregate.alert");
  private static final long BETWEEN_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Map<Subject, Turn> turns = new ConcurrentHashMap<>();

  private record Subject(Alert what, ModelId model) {}

  /// @param nanos a clock that only goes forward
  AlertLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Logs an alert, unless the same was logged of that model within a minute.
  void alert(Alert what, ModelId model, String call, String message) {
    var now = nanos.getAsLong();
    var leftOut = turns.computeIfAbsent(new Subject(what, model), _ -> new Turn(now)).take(now);
    if (leftOut < 0) {
      return;
    }
    var line = LOG.atWarn().addKeyValue("alert", what.word()).addKeyValue("call", call);
    if (leftOut > 0) {
      line = line.addKeyValue("left_out", leftOut);
    }
    line.log(message);
  }

  /// When a subject may have its next line.
  private static final class Turn {
    private long nextNanos;
    private long leftOut;

    Turn(long nextNanos) {
      this.nextNanos = nextNanos;
    }

    /// How many were left out before this one; -1 if this one is, too.
    synchronized long take(long now) {
      if (now - nextNanos < 0) {
        leftOut++;
        return -1;
      }
      var before = leftOut;
      leftOut = 0;
      nextNanos = now + BETWEEN_NANOS;
      return before;
    }
  }
}
