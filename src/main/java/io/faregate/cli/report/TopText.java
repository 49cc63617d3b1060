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

/// A server at one instant, on one screen.
public final class TopText {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter BEGAN =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /// Lines that are there whatever the server says: facts, headings and gaps.
  private static final int FIXED_LINES = 11;

  private static final int FEWEST = 3;
  private static final int SLOWEST = 5;

  private final Terminal terminal;
  private final Sheet sheet;
  private final ZoneId zone;
  private final int rows;

  /// @param zone in which times are shown
  /// @param rows of the screen
  public TopText(Terminal terminal, ZoneId zone, int rows) {
    this.terminal = terminal;
    this.sheet = new Sheet(terminal);
    this.zone = zone;
    this.rows = rows;
  }

  /// Prints the instant in as many lines as there are rows, or fewer.
  public void print(Moment moment) {
    var room = Math.max(2 * FEWEST, rows - FIXED_LINES);
    var limits = LimitLine.of(moment.limits()).stream().sorted(LimitLine.TIGHTEST).toList();
    var slowest = Math.min(SLOWEST, moment.calls().size());
    var shown = Math.min(limits.size(), Math.max(FEWEST, room - slowest));
    state(moment);
    limits(limits.subList(0, shown), limits.size() - shown);
    terminal.data("");
    sheet.fact("fallbacks", counts(moment.review().inner("fallback_reasons"), since(moment)));
    var calls = Figures.counted(moment.calls().size(), "latest call");
    sheet.fact("refused", counts(moment.refused(), "in " + calls));
    slowest(moment.slowest(room - Math.max(1, shown)));
  }

  private void state(Moment moment) {
    var status = moment.status();
    var review = moment.review();
    var trouble = status.text("trouble", "");
    terminal.data(
        "%s %s  %s  %s"
            .formatted(
                terminal.bold("Faregate"),
                Terminal.plain(status.text("version", "")),
                CLOCK.format(moment.at().atZone(zone)),
                trouble.isEmpty() ? terminal.green("ready") : terminal.red(trouble)));
    sheet.fact(
        "now",
        "%s calls/s, %s in flight, %s, store %d s behind"
            .formatted(
                moment.callsPerSecond(),
                Figures.count(status.number("calls_in_flight")),
                Figures.counted(status.number("streams_open"), "open stream"),
                status.inner("store").number("lag_seconds")));
    sheet.fact(
        since(moment),
        "%s, %s refused, %s%s"
            .formatted(
                Figures.counted(review.number("calls"), "call"),
                Figures.count(review.number("refused_calls")),
                Figures.rounded(review.text("total_usd"), Figures.places(review.text("total_usd"))),
                doubtful(review)));
  }

  /// Since when the review counts, which is of whole quarters of an hour.
  private String since(Moment moment) {
    var from = Instant.parse(moment.review().text("from", Instant.EPOCH.toString()));
    return "since " + MINUTE.format(from.atZone(zone));
  }

  private static String doubtful(Document review) {
    var doubt = review.text("in_doubt_usd", "0");
    var unpriced = review.number("unpriced_attempts");
    return (Figures.isMoney(doubt)
            ? ", up to %s in doubt".formatted(Figures.rounded(doubt, Figures.places(doubt)))
            : "")
        + (unpriced > 0 ? ", %s unpriced".formatted(Figures.counted(unpriced, "attempt")) : "");
  }

  private void limits(List<LimitLine> lines, int more) {
    terminal.data("");
    if (lines.isEmpty()) {
      terminal.data("no limit is set");
      return;
    }
    var table =
        new Table()
            .names("LIMIT", "SCOPE", "USED")
            .numbers("FREE", "OF")
            .names("RESETS AT")
            .spare("OF", "RESETS AT");
    for (var line : lines) {
      table.row(
          line.limit().text("limit"),
          line.limit().text("scope"),
          line.bar(),
          line.amount("free_usd"),
          line.amount("limit_usd"),
          line.reset(zone));
    }
    table.print(terminal);
    if (more > 0) {
      terminal.data(terminal.dim("and %d with more room".formatted(more)));
    }
  }

  private void slowest(List<Document> calls) {
    var table =
        new Table()
            .numbers("SLOWEST")
            .names("BEGAN")
            .numbers("STATUS")
            .words("WORK")
            .names("MODEL", "CALL")
            .spare("BEGAN", "WORK");
    for (var call : calls) {
      var began = Instant.parse(call.text("started_at", Instant.EPOCH.toString()));
      table.row(
          Figures.millis(call.number("duration_ms")),
          BEGAN.format(began.atZone(zone)),
          call.text("status"),
          work(call),
          call.text("model"),
          call.text("call"));
    }
    if (!table.isEmpty()) {
      terminal.data("");
      table.print(terminal);
    }
  }

  private static String work(Document call) {
    var workflow = call.text("workflow");
    var step = call.text("step");
    return workflow == null
        ? call.text("task", "-")
        : step == null ? workflow : workflow + "/" + step;
  }

  private static String counts(Document counts, String where) {
    return counts.fields().isEmpty()
        ? "none " + where
        : counts.fields().keySet().stream()
            .map(reason -> "%s %s".formatted(reason, Figures.count(counts.number(reason))))
            .collect(Collectors.joining(", ", "", ", " + where));
  }
}
