package io.faregate.telemetry;

import io.opentelemetry.api.metrics.Meter;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Gauges of a meter that ask when they are read. They live as long as the meter does.
final class GaugeSet {
  private final Meter meter;

  GaugeSet(Meter meter) {
    this.meter = meter;
  }

  void watch(Gauges gauges) {
    whole("journal_bytes", "Journal on disk", gauges.journalBytes());
    flag("journal_ready", "Whether the journal takes entries", gauges.journalReady());
    whole("calls_in_flight", "Calls that are not over", gauges.callsInFlight());
    whole("streams_open", "Streams that are not over", gauges.streamsOpen());
    whole("log_lines_dropped", "Log lines that found the queue full", gauges.logLinesDropped());
    flag(
        "config_last_reload_successful",
        "Whether the policy of the file is in force",
        gauges.reloadSuccessful());
    whole(
        "config_last_reload_success_timestamp_seconds",
        "When the policy in force was loaded",
        gauges.reloadEpochSeconds());
    var lag =
        meter
            .gaugeBuilder("faregate_store_lag_seconds")
            .setDescription("Age of the oldest entry that the store has not taken")
            .buildWithCallback(now -> now.record(gauges.storeLagSeconds().getAsDouble()));
    kept(lag);
  }

  private void flag(String name, String what, BooleanSupplier value) {
    whole(name, what, () -> value.getAsBoolean() ? 1 : 0);
  }

  private void whole(String name, String what, LongSupplier value) {
    kept(
        meter
            .gaugeBuilder("faregate_" + name)
            .ofLongs()
            .setDescription(what)
            .buildWithCallback(now -> now.record(value.getAsLong())));
  }

  /// The meter itself keeps the gauge; closing it would take it away.
  private static void kept(AutoCloseable gauge) {
    assert gauge != null;
  }
}
