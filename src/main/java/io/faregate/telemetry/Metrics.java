package io.faregate.telemetry;

import io.faregate.call.AttemptKind;
import io.faregate.call.Ending;
import io.faregate.call.UsageSource;
import io.faregate.gateway.Alert;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.money.TokenKind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Counts what ends, and renders it for Prometheus under the names of CLIENTS §12. Counting takes
/// about a microsecond, allocates next to nothing and happens on any event loop; no label names a
/// caller, and each has a bounded number of values. Money here is a floating-point figure for
/// graphs; the ledger has the exact one.
public final class Metrics implements AutoCloseable {
  private static final int MOST_VALUES = 64;
  private static final int MOST_HOPS = 256;
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;
  private static final double MILLIS = 1e3;
  private static final List<Double> DURATIONS =
      List.of(.01, .025, .05, .1, .25, .5, 1., 2.5, 5., 10., 20., 40., 80., 160., 320., 640.);
  private static final List<Double> OVERHEADS =
      List.of(.00005, .0001, .0002, .0005, .001, .002, .005, .01, .02, .05, .1, .5, 1.);

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("source");
  private static final AttributeKey<String> WHAT = AttributeKey.stringKey("what");
  private static final AttributeKey<String> FROM = AttributeKey.stringKey("from");
  private static final AttributeKey<String> TO = AttributeKey.stringKey("to");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  private static final TokenKind[] TOKEN_KINDS = TokenKind.values();

  private final PrometheusMetricReader reader;
  private final SdkMeterProvider provider;
  private final LongCounter calls;
  private final LongCounter attempts;
  private final LongCounter tokens;
  private final LongCounter refusals;
  private final LongCounter alerts;
  private final LongCounter fallbacks;
  private final LongCounter unpricedCalls;
  private final LongCounter clientRepeats;
  private final LongCounter usageSources;
  private final DoubleCounter cost;
  private final DoubleHistogram duration;
  private final DoubleHistogram firstToken;
  private final DoubleHistogram overhead;

  private final Map<AttemptKind, Map<Ending, Attributes>> attemptLabels =
      each(
          AttemptKind.class,
          kind -> each(Ending.class, end -> Attributes.of(KIND, kind.word(), OUTCOME, end.word())));
  private final Map<TokenKind, Attributes> tokenLabels =
      each(TokenKind.class, kind -> Attributes.of(KIND, kind.word()));
  private final Map<UsageSource, Attributes> sourceLabels =
      each(UsageSource.class, source -> Attributes.of(SOURCE, source.word()));
  private final Map<Alert, Attributes> alertLabels =
      each(Alert.class, alert -> Attributes.of(WHAT, alert.word()));
  private final Labels<String> codes = Labels.of("code", MOST_VALUES);
  private final Labels<Hop> hops = new Labels<>(MOST_HOPS, hop("other", "other", "other"), Hop::of);

  /// Metrics from zero, with gauges that ask the given suppliers.
  public Metrics(Gauges gauges) {
    reader =
        PrometheusMetricReader.builder()
            .setOtelScopeLabelsEnabled(false)
            .setTargetInfoMetricEnabled(false)
            .build();
    provider = SdkMeterProvider.builder().registerMetricReader(reader).build();
    var meter = provider.get("faregate");
    calls = fromZero(counter(meter, "calls", "Calls that ended"));
    attempts = counter(meter, "attempts", "Attempts that ended");
    tokens = counter(meter, "tokens", "Billed tokens");
    refusals = counter(meter, "refusals", "Calls that Faregate refused");
    alerts = counter(meter, "alerts", "What a person should look at; the log tells of what");
    alertLabels.values().forEach(label -> alerts.add(0, label));
    fallbacks = counter(meter, "fallbacks", "Calls that ended on another tier than they began on");
    unpricedCalls = fromZero(counter(meter, "unpriced_calls", "Calls whose cost is not known"));
    clientRepeats =
        fromZero(counter(meter, "client_repeats", "Calls that clients say they had tried before"));
    usageSources = counter(meter, "usage_source", "Attempts by where their usage comes from");
    cost =
        meter
            .counterBuilder("faregate_cost_usd")
            .ofDoubles()
            .setDescription("Known cost, without what is in doubt")
            .build();
    cost.add(0);
    duration = histogram(meter, "call_duration_seconds", "Whole calls", DURATIONS);
    firstToken =
        histogram(
            meter, "time_to_first_token_seconds", "To the first piece of an answer", DURATIONS);
    overhead = histogram(meter, "overhead_seconds", "Our share of that", OVERHEADS);
    new GaugeSet(meter).watch(gauges);
  }

  /// Counts an alert.
  public void alert(Alert what) {
    alerts.add(1, alertLabels.get(what));
  }

  /// Counts an attempt that is over.
  public void ended(AttemptEntry attempt) {
    attempts.add(1, attemptLabels.getOrDefault(attempt.kind(), Map.of()).get(attempt.ending()));
    usageSources.add(1, sourceLabels.get(attempt.usageSource()));
    var usage = attempt.usage();
    if (usage != null) {
      for (var kind : TOKEN_KINDS) {
        var count = usage.tokens(kind);
        if (count > 0) {
          tokens.add(count, tokenLabels.get(kind));
        }
      }
    }
    var nanoUsd = attempt.costNanoUsd();
    if (nanoUsd != null && nanoUsd > 0) {
      cost.add(nanoUsd / NANOS);
    }
  }

  /// Counts a call that is over.
  public void ended(CallEntry call) {
    calls.add(1);
    duration.record(call.durationMillis() / MILLIS);
    overhead.record(call.overheadMicros() / MICROS);
    if (call.firstByteMillis() != null) {
      firstToken.record(call.firstByteMillis() / MILLIS);
    }
    if (call.refusal() != null) {
      refusals.add(1, codes.of(call.refusal()));
    }
    if (call.unpricedAttempts() > 0) {
      unpricedCalls.add(1);
    }
    if (call.clientRetries() > 0) {
      clientRepeats.add(1);
    }
    countFallback(call);
  }

  /// Everything in Prometheus' text form 0.0.4.
  public String text() {
    var out = new ByteArrayOutputStream(8_192);
    try {
      PrometheusTextFormatWriter.create()
          .write(out, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException("render metrics into memory", impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    provider.close();
  }

  private void countFallback(CallEntry call) {
    if (call.tier() == null || call.chain().isEmpty() || call.attempts() < 2) {
      return;
    }
    var from = call.chain().getFirst().tier();
    if (!from.equals(call.tier())) {
      var reason = call.reasons().isEmpty() ? "other" : call.reasons().getLast().word();
      fallbacks.add(1, hops.of(new Hop(from, call.tier(), reason)));
    }
  }

  /// A fallback from a tier to another one.
  private record Hop(String from, String to, String reason) {
    Attributes of() {
      return hop(from, to, reason);
    }
  }

  private static Attributes hop(String from, String to, String reason) {
    return Attributes.of(FROM, from, TO, to, REASON, reason);
  }

  private static LongCounter counter(Meter meter, String name, String what) {
    return meter.counterBuilder("faregate_" + name).setDescription(what).build();
  }

  /// A counter shows from the start, so that a first increase can be seen.
  private static LongCounter fromZero(LongCounter counter) {
    counter.add(0);
    return counter;
  }

  private static DoubleHistogram histogram(
      Meter meter, String name, String what, List<Double> bounds) {
    return meter
        .histogramBuilder("faregate_" + name)
        .setDescription(what)
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }

  /// A value for each of an enum's constants, made once.
  private static <E extends Enum<E>, V> Map<E, V> each(Class<E> type, Function<E, V> make) {
    var values = new EnumMap<E, V>(type);
    for (var constant : type.getEnumConstants()) {
      values.put(constant, make.apply(constant));
    }
    return values;
  }
}
