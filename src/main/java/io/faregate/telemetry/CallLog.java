package io.faregate.telemetry;

import io.faregate.call.Reason;
import io.faregate.ledger.CallEntry;
import io.faregate.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Writes one log line for each call that is over: who asked for what, where it went, why, and what
/// it cost. No prompt, no answer and no credential is in it. Any thread may write.
public final class CallLog {
  private static final Logger LOG = LoggerFactory.getLogger("faregate.call");

  /// Logs a call that is over.
  public void ended(CallEntry call) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    var dimensions = call.dimensions();
    var cost = call.costNanoUsd();
    var line =
        LOG.atInfo()
            .addKeyValue("call", call.call())
            .addKeyValue("status", call.status())
            .addKeyValue("key", dimensions.key())
            .addKeyValue("plan", dimensions.plan())
            .addKeyValue("task", dimensions.task());
    line = with(line, "workflow", dimensions.workflow());
    line = with(line, "step", dimensions.step());
    line = with(line, "tier", call.tier());
    line = with(line, "model", call.model());
    line = with(line, "reasons", call.reasons().isEmpty() ? null : words(call.reasons()));
    line = with(line, "refusal", call.refusal());
    line = with(line, "request_id", call.requestId());
    line =
        line.addKeyValue("attempts", call.attempts())
            .addKeyValue("streamed", call.streamed())
            .addKeyValue("cost_usd", cost == null ? null : Money.usd(cost));
    if (call.inDoubtNanoUsd() != 0) {
      line = line.addKeyValue("in_doubt_usd", Money.usd(call.inDoubtNanoUsd()));
    }
    line = with(line, "first_byte_ms", call.firstByteMillis());
    line.addKeyValue("duration_ms", call.durationMillis())
        .addKeyValue("overhead_us", call.overheadMicros())
        .log("call");
  }

  private static LoggingEventBuilder with(
      LoggingEventBuilder line, String name, @Nullable Object value) {
    return value == null ? line : line.addKeyValue(name, value);
  }

  private static String words(List<Reason> reasons) {
    var words = new StringBuilder();
    for (var reason : reasons) {
      words.append(words.isEmpty() ? "" : ",").append(reason.word());
    }
    return words.toString();
  }
}
