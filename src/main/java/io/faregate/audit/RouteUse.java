package io.faregate.audit;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.ledger.AttemptCell;
import io.faregate.ledger.CallCell;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import io.faregate.money.ServiceTier;
import io.faregate.worksheet.measured.Measured;
import io.faregate.worksheet.measured.Measured.Attempts;
import io.faregate.worksheet.measured.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the calls of each step were in a span of time, and the attempts that they led to: what a
/// worksheet is written from and compared with.
public final class RouteUse {
  private static final Comparator<Attempts> MOST_FIRST =
      Comparator.comparing(Attempts::kind)
          .thenComparing(Comparator.comparingLong(Attempts::count).reversed());

  private RouteUse() {}

  /// What attempts have in common whose figures are added up.
  private record Buy(AttemptKind kind, String tier, ModelId model, ServiceTier service) {}

  /// The steps of a span, widened to whole quarters of an hour. It reads the ledger and so blocks.
  public static Document of(Ledger ledger, Span span) {
    var whole = span.wholeQuarters();
    return RouteDocument.of(whole, of(ledger.attemptCells(whole), ledger.callCells(whole)));
  }

  /// The places that the cells are of. One may have attempts without a call: its calls are under
  /// way, or never ended.
  static List<Measured> of(List<AttemptCell> attempts, List<CallCell> calls) {
    var bought = new HashMap<Place, Map<Buy, Attempts>>();
    for (var cell : attempts) {
      bought
          .computeIfAbsent(place(cell.dimensions()), _ -> new LinkedHashMap<>())
          .merge(buy(cell), attempts(cell), Attempts::plus);
    }
    var ended = calls.stream().collect(Collectors.groupingBy(cell -> place(cell.dimensions())));
    return Stream.of(bought.keySet(), ended.keySet())
        .flatMap(places -> places.stream())
        .distinct()
        .sorted()
        .map(place ->
            measured(
                place,
                ended.getOrDefault(place, List.of()),
                bought.getOrDefault(place, Map.of()).values().stream()))
        .toList();
  }

  private static Measured measured(Place place, List<CallCell> calls, Stream<Attempts> attempts) {
    return new Measured(
        place,
        calls.stream().mapToLong(CallCell::calls).sum(),
        calls.stream().mapToLong(CallCell::refused).sum(),
        attempts.sorted(MOST_FIRST).toList());
  }

  private static Place place(Dimensions dimensions) {
    return new Place(dimensions.workflow(), dimensions.step());
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
}
