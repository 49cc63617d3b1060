package io.faregate.cli.report;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import java.time.ZoneId;
import java.util.List;

/// Every limit as it stands.
public final class LimitsText {
  private final Terminal terminal;
  private final ZoneId zone;

  /// @param zone in which times are shown
  public LimitsText(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
  }

  /// Prints the limits in money, then the premium shares.
  public void print(List<Document> limits) {
    if (limits.isEmpty()) {
      terminal.note("no limit is set; --all shows what is spent without one");
      return;
    }
    amounts(LimitLine.of(limits));
    shares(LimitLine.premium(limits));
  }

  /// Prints those that a call meets, under a heading of their own; nothing if there are none.
  public void printApplying(List<Document> limits) {
    if (limits.isEmpty()) {
      return;
    }
    new Sheet(terminal).heading("Limits");
    if (limits.stream().anyMatch(LimitLine::known)) {
      print(limits);
    } else {
      stated(limits);
      terminal.note("only a running server knows what is left of them; name it with --admin");
    }
  }

  private void stated(List<Document> limits) {
    var table = new Table().names("LIMIT", "SCOPE").numbers("AT MOST").names("RESETS AT");
    for (var line : LimitLine.of(limits)) {
      var limit = line.limit();
      table.row(
          limit.text("limit"), limit.text("scope"), line.amount("limit_usd"), line.reset(zone));
    }
    for (var share : LimitLine.premium(limits)) {
      table.row(
          share.text("limit"), share.text("scope"), Figures.percent(share.text("share")), null);
    }
    table.print(terminal);
  }

  private void amounts(List<LimitLine> lines) {
    var table =
        new Table()
            .names("LIMIT", "SCOPE", "WINDOW")
            .numbers("LIMIT USD", "SPENT", "HELD", "IN DOUBT", "FREE")
            .names("USED", "RESETS AT")
            .spare("WINDOW", "IN DOUBT", "HELD", "RESETS AT", "SPENT");
    for (var line : lines) {
      var limit = line.limit();
      table.row(
          limit.text("limit"),
          limit.text("scope"),
          limit.text("window"),
          line.amount("limit_usd"),
          line.amount("spent_usd"),
          line.amount("held_usd"),
          line.amount("in_doubt_usd"),
          line.amount("free_usd"),
          line.bar(),
          line.reset(zone));
    }
    table.print(terminal);
    if (lines.stream().anyMatch(LimitLine::set)) {
      terminal.note(LimitLine.LEGEND);
    }
    lines.stream()
        .flatMap(line -> line.missingBefore(zone).stream())
        .findFirst()
        .ifPresent(before ->
            terminal.note(
                "calls from before %s may be missing: windows that began earlier count what is left"
                    .formatted(before)));
  }

  private void shares(List<Document> shares) {
    var table =
        new Table().names("PREMIUM SHARE OF").numbers("SHARE", "CALLS", "PREMIUM CALLS", "CREDIT");
    for (var share : shares) {
      table.row(
          share.text("scope"),
          Figures.percent(share.text("share")),
          Figures.count(share.number("calls")),
          Figures.count(share.number("premium_calls")),
          Figures.decimal(share.text("credit")));
    }
    if (!table.isEmpty()) {
      terminal.data("");
      table.print(terminal);
    }
  }
}
