package io.faregate.cli.report;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The review of a span of time.
public final class AuditText {
  private static final int LISTED = 20;

  private final Terminal terminal;
  private final Sheet sheet;
  private final ZoneId zone;

  /// @param zone in which times are shown
  public AuditText(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.sheet = new Sheet(terminal);
    this.zone = zone;
  }

  /// Prints the document of a review.
  public void print(Document review) {
    totals(review);
    if (review.number("calls") == 0 && review.number("attempts") == 0) {
      terminal.note(
          review.text("missing_before") == null
              ? "no call began in this span; --since 30d looks further back"
              : "no call of this span is on record; what was lost of it is not known here");
      return;
    }
    lines("model", review.list("by_model"), review);
    lines("tier", review.list("by_tier"), review);
    lines("workflow", review.list("by_workflow"), review);
    unreported(review);
  }

  private void totals(Document review) {
    sheet.fact(
        "span",
        "%s to %s (%s, in whole quarters of an hour)"
            .formatted(time(review, "from"), time(review, "to"), zone.getId()));
    if (review.text("missing_before") != null) {
      sheet.fact(
          "missing",
          "calls from before %s may be: what follows is what is left of them"
              .formatted(time(review, "missing_before")));
    }
    sheet.fact("total", Figures.exact(review.text("total_usd")));
    var doubt = review.text("in_doubt_usd", "0");
    if (Figures.isMoney(doubt)) {
      sheet.fact("in doubt", "up to %s more".formatted(Figures.exact(doubt)));
    }
    if (review.number("unpriced_attempts") > 0) {
      sheet.fact(
          "unpriced",
          "%s in %s, not in the total"
              .formatted(
                  Figures.counted(review.number("unpriced_attempts"), "attempt"),
                  Figures.counted(review.number("unpriced_calls"), "call")));
    }
    sheet.fact(
        "calls",
        "%s, %s refused, %s"
            .formatted(
                Figures.count(review.number("calls")),
                Figures.count(review.number("refused_calls")),
                Figures.counted(review.number("attempts"), "attempt")));
    sheet.fact("fallbacks", Figures.percent(review.text("fallback_rate")) + reasons(review));
    sheet.fact("retries", Figures.percent(review.text("retry_rate")));
  }

  private static String reasons(Document review) {
    var reasons = review.inner("fallback_reasons");
    return reasons.fields().isEmpty()
        ? ""
        : reasons.fields().keySet().stream()
            .map(reason -> reason + " " + Figures.count(reasons.number(reason)))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private void lines(String group, List<Document> lines, Document review) {
    var table =
        new Table()
            .names(group.toUpperCase(Locale.ROOT))
            .numbers("CALLS", "ATTEMPTS", "INPUT", "CACHE READ", "CACHE WRITE", "OUTPUT")
            .numbers("COST", "IN DOUBT", "UNPRICED")
            .optional("CACHE READ", "CACHE WRITE", "IN DOUBT", "UNPRICED")
            .spare("CACHE WRITE", "ATTEMPTS", "CACHE READ");
    var places = Figures.places(review.text("total_usd"));
    for (var line : lines) {
      var usage = line.inner("usage");
      table.row(
          line.text(group, "(none)"),
          Figures.count(line.number("calls")),
          Figures.count(line.number("attempts")),
          Figures.count(usage.number("input")),
          Figures.count(usage.number("cache_read")),
          Figures.count(usage.number("cache_write_5m") + usage.number("cache_write_1h")),
          Figures.count(usage.number("output")),
          Figures.rounded(line.text("cost_usd"), places),
          Figures.rounded(line.text("in_doubt_usd"), places),
          Figures.count(line.number("unpriced")));
    }
    if (!table.isEmpty()) {
      terminal.data("");
      table.print(terminal);
    }
  }

  private void unreported(Document review) {
    var count = review.number("unreported_count");
    if (count == 0) {
      return;
    }
    sheet.heading(
        "%s without usage from the provider%s"
            .formatted(
                Figures.counted(count, "attempt"),
                count > LISTED ? ", the latest %d (--json lists more)".formatted(LISTED) : ""));
    var table =
        new Table()
            .names("BEGAN", "CALL")
            .numbers("#")
            .names("MODEL")
            .words("ENDING", "USAGE")
            .numbers("COST", "IN DOUBT")
            .spare("BEGAN", "MODEL", "ENDING");
    for (var attempt : review.list("unreported").stream().limit(LISTED).toList()) {
      table.row(
          time(attempt, "started_at"),
          attempt.text("call"),
          attempt.number("attempt"),
          attempt.text("model"),
          attempt.text("ending"),
          attempt.text("usage_source"),
          Figures.exact(attempt.text("cost_usd")),
          Figures.exact(attempt.text("in_doubt_usd")));
    }
    table.print(terminal);
  }

  private String time(Document document, String name) {
    var text = document.text(name);
    return text == null
        ? "-"
        : DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(zone)
            .format(Instant.parse(text));
  }
}
