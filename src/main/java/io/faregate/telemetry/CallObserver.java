package io.faregate.telemetry;

import io.faregate.call.ModelId;
import io.faregate.call.Rule;
import io.faregate.gateway.Alert;
import io.faregate.gateway.Observer;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Sees every call go by, and tells metrics and log. Any event loop may call it.
public final class CallObserver implements Observer {
  private final Metrics metrics;
  private final CallLog log = new CallLog();
  private final AlertLog alerts;
  private final AtomicLong underWay;
  private final AtomicLong streams;
  private final AtomicLong disagreeing = new AtomicLong();

  /// @param underWay counts the calls that are not over; a gauge reads it
  /// @param streams counts those among them that are streamed
  /// @param nanos a clock that only goes forward
  public CallObserver(
      Metrics metrics, AtomicLong underWay, AtomicLong streams, LongSupplier nanos) {
    this.metrics = metrics;
    this.alerts = new AlertLog(nanos);
    this.underWay = underWay;
    this.streams = streams;
  }

  @Override
  public void began(boolean streamed) {
    underWay.incrementAndGet();
    if (streamed) {
      streams.incrementAndGet();
    }
  }

  @Override
  public void ended(AttemptEntry attempt) {
    metrics.ended(attempt);
  }

  @Override
  public void ended(CallEntry call) {
    underWay.decrementAndGet();
    if (call.streamed()) {
      streams.decrementAndGet();
    }
    for (var rule : call.rules()) {
      if (rule.rule().equals(Rule.NAMES)) {
        disagreeing.incrementAndGet();
        break;
      }
    }
    metrics.ended(call);
    log.ended(call);
  }

  /// How many calls had names that disagree.
  public long disagreeing() {
    return disagreeing.get();
  }

  @Override
  public void alert(Alert what, ModelId model, String call, String message) {
    metrics.alert(what);
    alerts.alert(what, model, call, message);
  }
}
