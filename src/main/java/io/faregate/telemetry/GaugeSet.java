package io.faregate.telemetry;

import io.faregate.telemetry.Gauges.PremiumShare;
import io.faregate.telemetry.Gauges.SpendLimit;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Gauges of a meter that ask when they are read. They live as long as the meter does.
final class GaugeSet {
  private static final int MOST_LIMITS = 1_000;
  private static final AttributeKey<String> LIMIT = AttributeKey.stringKey("limit");
  private static final AttributeKey<String> SCOPE = AttributeKey.stringKey("scope");
  private static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("workflow");

  private final Meter meter;

  GaugeSet(Meter meter) {
    this.meter = meter;
  }

  void watch(Gauges gauges) {
    whole("journal_bytes", "Journal on disk", gauges.journalBytes());
    flag("journal_ready", "Whether the journal takes entries", gauges.journalReady());
    whole("journal_waiting", "Entries that wait in memory for room", gauges.journalWaiting());
    whole("journal_lost", "Entries that there was no room for", gauges.journalLost());
    whole("calls_in_flight", "Calls that are not over", gauges.callsInFlight());
    whole("streams_open", "Streams that are not over", gauges.streamsOpen());
    whole("log_lines_dropped", "Log lines that nobody took", gauges.logLinesDropped());
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
    limits(gauges.limits());
    shares(gauges.shares());
  }

  /// The four amounts of a limit are those of one moment.
  private void limits(Supplier<List<SpendLimit>> limits) {
    var limit = observed("limit_usd", "What may be spent in the window of a limit");
    var spent = observed("limit_spent_usd", "What was spent of it");
    var held = observed("limit_held_usd", "What attempts in flight hold of it");
    var inDoubt = observed("limit_in_doubt_usd", "What attempts of unknown usage may have cost");
    kept(
        meter.batchCallback(
            () ->
                limits.get().stream()
                    .limit(MOST_LIMITS)
                    .forEach(now -> {
                      var labels = Attributes.of(LIMIT, now.name(), SCOPE, now.scope());
                      limit.record(now.limit(), labels);
                      spent.record(now.spent(), labels);
                      held.record(now.held(), labels);
                      inDoubt.record(now.inDoubt(), labels);
                    }),
            limit,
            spent,
            held,
            inDoubt));
  }

  private void shares(Supplier<List<PremiumShare>> shares) {
    kept(
        meter
            .gaugeBuilder("faregate_premium_share")
            .setDescription("Share of a workflow's calls that the top tier served")
            .buildWithCallback(seen ->
                shares.get().stream()
                    .limit(MOST_LIMITS)
                    .forEach(
                        now -> seen.record(now.share(), Attributes.of(WORKFLOW, now.workflow())))));
  }

  private ObservableDoubleMeasurement observed(String name, String what) {
    return meter.gaugeBuilder("faregate_" + name).setDescription(what).buildObserver();
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
