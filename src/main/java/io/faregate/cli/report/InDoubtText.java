package io.faregate.cli.report;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Attempts whose cost is not known for certain.
public final class InDoubtText {
  private final Terminal terminal;
  private final ZoneId zone;

  /// @param zone in which times are shown
  public InDoubtText(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
  }

  /// Prints the attempts and how to end the doubt about one.
  public void print(Document doubts) {
    var table =
        new Table()
            .names("BEGAN (%s)".formatted(zone.getId()), "CALL")
            .numbers("#")
            .names("MODEL")
            .words("KEY", "WORKFLOW", "ENDING")
            .numbers("HOLD", "COST", "IN DOUBT")
            .spare("KEY", "WORKFLOW", "HOLD", "ENDING", "MODEL", "COST");
    for (var attempt : doubts.list("attempts")) {
      table.row(
          began(attempt),
          attempt.text("call"),
          attempt.number("attempt"),
          attempt.text("model"),
          attempt.text("key"),
          attempt.text("workflow"),
          attempt.text("ending"),
          Figures.exact(attempt.text("hold_usd")),
          Figures.exact(attempt.text("cost_usd")),
          Figures.exact(attempt.text("in_doubt_usd")));
    }
    if (table.isEmpty()) {
      terminal.note("nothing is in doubt in this span; --since 30d looks further back");
      return;
    }
    table.print(terminal);
    if (!doubts.flag("complete")) {
      terminal.note("there may be more; --until shows earlier ones");
    }
    terminal.note(
        "when the provider's records tell the cost: faregate limits resolve CALL # --cost AMOUNT");
  }

  /// Prints what took the place of a doubt.
  public static void printResolved(Terminal terminal, Document resolved) {
    terminal.data(
        "attempt %s of %s cost %s; before: %s and up to %s more in doubt"
            .formatted(
                resolved.text("attempt"),
                resolved.text("call"),
                Figures.exact(resolved.text("cost_usd")),
                Figures.exact(resolved.text("cost_before_usd")),
                Figures.exact(resolved.text("in_doubt_before_usd"))));
  }

  private String began(Document attempt) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
        .withZone(zone)
        .format(Instant.parse(attempt.text("started_at", Instant.EPOCH.toString())));
  }
}
