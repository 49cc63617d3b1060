package io.faregate.cli.report;

import io.faregate.audit.Document;
import io.faregate.call.ModelId;
import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import io.faregate.money.Rate;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import io.faregate.policy.Routing;
import io.faregate.policy.Snapshot;
import io.faregate.policy.route.RouteDocument;
import org.jspecify.annotations.Nullable;

/// The decision for a call that is not sent.
public final class RouteText {
  private final Terminal terminal;
  private final Sheet sheet;
  private final Policy policy;
  private final Snapshot snapshot;

  /// @param snapshot whose day gives the prices
  public RouteText(Terminal terminal, Policy policy, Snapshot snapshot) {
    this.terminal = terminal;
    this.sheet = new Sheet(terminal);
    this.policy = policy;
    this.snapshot = snapshot;
  }

  /// Prints where the call goes, or why it goes nowhere.
  public void print(Routing routing) {
    var document = Document.of(RouteDocument.of(policy, routing, snapshot));
    switch (routing) {
      case Decision decision -> print(decision, document);
      case Refusal refusal -> print(refusal);
    }
    sheet.rules(document.list("rules"));
    if (routing instanceof Decision decision) {
      chain(decision);
    }
  }

  private void print(Decision decision, Document document) {
    sheet.work(document);
    sheet.tier(document);
    var because = decision.assignment().row().because();
    if (because != null) {
      sheet.fact("because", because);
    }
    sheet.tokens(document.inner("input_tokens"));
    if (decision.tokensTrimmed() > 0) {
      sheet.fact(
          "trimmed",
          "%s of %s"
              .formatted(
                  Figures.counted(decision.tokensTrimmed(), "token"),
                  Figures.counted(decision.turnsTrimmed(), "old turn")));
    }
    var model = policy.model(decision.chain().getFirst().model());
    sheet.fact(
        "output",
        "%s, %s"
            .formatted(
                Figures.counted(model.reservedOutput(decision.outputLimit()), "token"),
                decision.outputLimit() == null ? "assumed: nothing limits it" : "at most"));
    var cost = document.text("estimated_cost_usd");
    sheet.fact(
        "cost",
        cost == null
            ? "unpriced: nobody has said what the first model costs"
            : "%s, estimated: the first attempt at the prices of %s"
                .formatted(Figures.rounded(cost, Figures.places(cost)), snapshot.day()));
    sheet.fact("policy", policy.version());
  }

  private void print(Refusal refusal) {
    var reason = refusal.reason();
    var kind = refusal.kind();
    var line =
        "refused with %d %s%s"
            .formatted(
                kind.status(), kind.code(), reason == null ? "" : " (" + reason.word() + ")");
    terminal.data(terminal.red(line));
    terminal.data(Terminal.plain(refusal.message()));
    if (refusal.limit() != null) {
      var resets = refusal.resetsAt();
      sheet.fact("limit", refusal.limit() + (resets == null ? "" : ", resets at " + resets));
    }
    sheet.fact("policy", policy.version());
  }

  private void chain(Decision decision) {
    sheet.heading("Chain (dollars per million tokens)");
    var table =
        new Table()
            .numbers("#")
            .words("TIER")
            .names("MODEL")
            .words("KIND", "REASON")
            .numbers("INPUT", "OUTPUT");
    int number = 1;
    for (var rung : decision.chain()) {
      table.row(
          number++,
          rung.tier(),
          rung.model(),
          rung.kind().word(),
          rung.reason() == null ? null : rung.reason().word(),
          price(rung.model(), true),
          price(rung.model(), false));
    }
    table.print(terminal);
  }

  private String price(ModelId model, boolean input) {
    @Nullable Rate rate =
        policy
            .price(model, snapshot.day())
            .map(row -> input ? row.rates().input() : row.rates().output())
            .orElse(null);
    return rate == null ? "unpriced" : rate.usdPerMillion();
  }
}
