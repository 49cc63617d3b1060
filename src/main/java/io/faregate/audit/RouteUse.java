package io.faregate.audit;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.ledger.AttemptCell;
import io.faregate.ledger.CallCell;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the calls of one step were in a span of time, and the attempts that they led to: what a
/// worksheet is written from and compared with.
///
/// @param workflow null for calls of none
/// @param step null for calls of none
/// @param refused calls that we refused, among all
public record RouteUse(
    @Nullable String workflow,
    @Nullable String step,
    long calls,
    long refused,
    List<Attempts> attempts) {
  public RouteUse {
    attempts = List.copyOf(attempts);
  }

  /// The attempts of one kind on one model.
  ///
  /// @param usage of the attempts together
  /// @param tokens their input by segment
  /// @param costNanoUsd of the attempts that have a price
  /// @param unpriced attempts without one
  public record Attempts(
      AttemptKind kind,
      String tier,
      ModelId model,
      ServiceTier service,
      long count,
      Usage usage,
      Segments tokens,
      long costNanoUsd,
      long inDoubtNanoUsd,
      long unpriced) {
    private Attempts plus(Attempts other) {
      return new Attempts(
          kind,
          tier,
          model,
          service,
          count + other.count,
          usage.plus(other.usage),
          tokens.plus(other.tokens),
          Math.addExact(costNanoUsd, other.costNanoUsd),
          Math.addExact(inDoubtNanoUsd, other.inDoubtNanoUsd),
          unpriced + other.unpriced);
    }
  }

  private record Place(@Nullable String workflow, @Nullable String step) {
    static Place of(Dimensions dimensions) {
      return new Place(dimensions.workflow(), dimensions.step());
    }
  }

  private static final Comparator<Place> NULLS_LAST =
      Comparator.comparing(Place::workflow, Comparator.nullsLast(Comparator.<String>naturalOrder()))
          .thenComparing(Place::step, Comparator.nullsLast(Comparator.<String>naturalOrder()));

  private record Buy(AttemptKind kind, String tier, ModelId model, ServiceTier service) {}

  /// The steps of a span, widened to whole quarters of an hour. It reads the ledger and so blocks.
  public static Document of(Ledger ledger, Span span) {
    var whole = span.wholeQuarters();
    var uses = of(ledger.attemptCells(whole), ledger.callCells(whole));
    return new Document()
        .time("from", whole.from())
        .time("to", whole.to())
        .put("routes", uses.stream().map(RouteUse::document).toList());
  }

  /// The steps that the cells are of, by name, those of no workflow last.
  static List<RouteUse> of(List<AttemptCell> attempts, List<CallCell> calls) {
    var bought =
        attempts.stream()
            .collect(
                Collectors.groupingBy(
                    cell -> Place.of(cell.dimensions()),
                    Collectors.toMap(
                        RouteUse::buy, RouteUse::attempts, Attempts::plus, LinkedHashMap::new)));
    var started =
        calls.stream().collect(Collectors.groupingBy(cell -> Place.of(cell.dimensions())));
    return started.entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue(), bought))
        .sorted(Comparator.comparing(RouteUse::place, NULLS_LAST))
        .toList();
  }

  private static RouteUse of(
      Place place, List<CallCell> calls, Map<Place, ? extends Map<Buy, Attempts>> bought) {
    var attempts = bought.get(place);
    return new RouteUse(
        place.workflow(),
        place.step(),
        calls.stream().mapToLong(CallCell::calls).sum(),
        calls.stream().mapToLong(CallCell::refused).sum(),
        attempts == null
            ? List.of()
            : attempts.values().stream()
                .sorted(
                    Comparator.comparing(Attempts::kind)
                        .thenComparing(Comparator.comparingLong(Attempts::count).reversed()))
                .toList());
  }

  private Place place() {
    return new Place(workflow, step);
  }

  private static Buy buy(AttemptCell cell) {
    return new Buy(cell.kind(), cell.tier(), cell.sku().model(), cell.sku().serviceTier());
  }

  private static Attempts attempts(AttemptCell cell) {
    return new Attempts(
        cell.kind(),
        cell.tier(),
        cell.sku().model(),
        cell.sku().serviceTier(),
        cell.attempts(),
        cell.usage(),
        cell.tokens(),
        cell.costNanoUsd(),
        cell.inDoubtNanoUsd(),
        cell.unpriced());
  }

  private Document document() {
    return new Document()
        .put("workflow", workflow)
        .put("step", step)
        .put("calls", calls)
        .put("refused_calls", refused)
        .put("attempts", attempts.stream().map(RouteUse::document).toList());
  }

  private static Document document(Attempts attempts) {
    return new Document()
        .put("kind", attempts.kind().word())
        .put("tier", attempts.tier())
        .put("model", attempts.model().toString())
        .put("service_tier", attempts.service().word())
        .put("attempts", attempts.count())
        .put("usage", ReviewDocument.usage(attempts.usage()))
        .put("input_tokens", segments(attempts.tokens()))
        .money("cost_usd", attempts.costNanoUsd())
        .money("in_doubt_usd", attempts.inDoubtNanoUsd())
        .put("unpriced_attempts", attempts.unpriced());
  }

  private static Document segments(Segments tokens) {
    var document = new Document();
    for (var segment : Segment.values()) {
      document = document.put(segment.word(), tokens.of(segment));
    }
    return document;
  }
}
