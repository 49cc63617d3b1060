package io.faregate.audit;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.ledger.Span;
import io.faregate.money.Money;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import io.faregate.worksheet.measured.Measured;
import io.faregate.worksheet.measured.Measured.Attempts;
import io.faregate.worksheet.measured.Place;
import java.util.List;
import java.util.Locale;

/// The shape of the routes of a ledger in JSON (`/api/v1/routes`), and the way back from it.
public final class RouteDocument {
  private RouteDocument() {}

  static Document of(Span span, List<Measured> routes) {
    return new Document()
        .time("from", span.from())
        .time("to", span.to())
        .put("routes", routes.stream().map(RouteDocument::route).toList());
  }

  /// The routes of a document.
  public static List<Measured> read(Document document) {
    return document.list("routes").stream().map(RouteDocument::route).toList();
  }

  private static Document route(Measured route) {
    return new Document()
        .put("workflow", route.place().workflow())
        .put("step", route.place().step())
        .put("calls", route.calls())
        .put("refused_calls", route.refused())
        .put("attempts", route.attempts().stream().map(RouteDocument::attempts).toList());
  }

  private static Measured route(Document route) {
    return new Measured(
        new Place(route.text("workflow"), route.text("step")),
        route.number("calls"),
        route.number("refused_calls"),
        route.list("attempts").stream().map(RouteDocument::attempts).toList());
  }

  private static Document attempts(Attempts attempts) {
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

  private static Attempts attempts(Document attempts) {
    var tokens = attempts.inner("input_tokens");
    return new Attempts(
        AttemptKind.valueOf(constant(attempts, "kind")),
        attempts.text("tier", Place.NONE),
        ModelId.parse(attempts.text("model", "")),
        ServiceTier.valueOf(constant(attempts, "service_tier")),
        attempts.number("attempts"),
        usage(attempts.inner("usage")),
        Segments.of(segment -> tokens.number(segment.word())),
        nanoUsd(attempts, "cost_usd"),
        nanoUsd(attempts, "in_doubt_usd"),
        attempts.number("unpriced_attempts"));
  }

  private static Document segments(Segments tokens) {
    var document = new Document();
    for (var segment : Segment.values()) {
      document = document.put(segment.word(), tokens.of(segment));
    }
    return document;
  }

  private static Usage usage(Document usage) {
    return new Usage(
        usage.number("input"),
        usage.number("cache_read"),
        usage.number("cache_write_5m"),
        usage.number("cache_write_1h"),
        usage.number("output"),
        usage.number("reasoning"));
  }

  /// The name that a constant of an enum has in code.
  private static String constant(Document document, String name) {
    return document.text(name, "").toUpperCase(Locale.ROOT);
  }

  private static long nanoUsd(Document document, String name) {
    return Money.parse(document.text(name, "0")).nanoUsd();
  }
}
