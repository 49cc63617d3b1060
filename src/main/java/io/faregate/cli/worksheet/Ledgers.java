package io.faregate.cli.worksheet;

import io.faregate.audit.Document;
import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import io.faregate.worksheet.measured.Measured;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// What a ledger says of its routes, read from the document of `/api/v1/routes`.
final class Ledgers {
  /// In place of the workflow or the step of calls that name none.
  static final String UNNAMED = "unnamed";

  private Ledgers() {}

  /// The routes of a document.
  static List<Measured> routes(Document document) {
    return document.list("routes").stream().map(Ledgers::route).toList();
  }

  private static Measured route(Document route) {
    return new Measured(
        route.text("workflow", UNNAMED),
        route.text("step", UNNAMED),
        route.number("calls"),
        route.number("refused_calls"),
        route.list("attempts").stream().map(Ledgers::attempts).toList());
  }

  private static Measured.Attempts attempts(Document attempts) {
    return new Measured.Attempts(
        AttemptKind.valueOf(word(attempts, "kind")),
        attempts.text("tier", UNNAMED),
        ModelId.parse(attempts.text("model", "")),
        ServiceTier.valueOf(word(attempts, "service_tier")),
        attempts.number("attempts"),
        usage(attempts.inner("usage")),
        segments(attempts.inner("input_tokens")),
        usd(attempts, "cost_usd"),
        usd(attempts, "in_doubt_usd"),
        attempts.number("unpriced_attempts"));
  }

  private static String word(Document document, String name) {
    return document.text(name, "").toUpperCase(Locale.ROOT);
  }

  private static BigDecimal usd(Document document, String name) {
    return new BigDecimal(document.text(name, "0"));
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

  private static Segments segments(Document tokens) {
    return new Segments(
        tokens.number("system"),
        tokens.number("user"),
        tokens.number("documents"),
        tokens.number("history"),
        tokens.number("tools"),
        tokens.number("tool_results"));
  }
}
