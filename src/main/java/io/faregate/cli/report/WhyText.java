package io.faregate.cli.report;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The report of a call: what was decided and why, each attempt, and where the money went.
public final class WhyText {
  private final Terminal terminal;
  private final Sheet sheet;

  /// Prints to that terminal.
  public WhyText(Terminal terminal) {
    this.terminal = terminal;
    this.sheet = new Sheet(terminal);
  }

  /// Prints the document of a call.
  public void print(Document call) {
    head(call);
    sheet.rules(call.list("rules"));
    chain(call);
    attempts(call);
    call.list("attempts").forEach(this::costs);
    if (call.list("attempts").size() > 1) {
      whole(call);
    }
  }

  private void head(Document call) {
    sheet.fact("call", call.text("call", "-"));
    sheet.fact(
        "status",
        "%s after %s%s, began %s"
            .formatted(
                call.text("status", "-"),
                Figures.millis(call.number("duration_ms")),
                call.flag("streamed") ? ", streamed" : "",
                call.text("started_at", "-")));
    var refusal = call.inner("refusal").text("code");
    if (refusal != null) {
      var limit = call.inner("refusal").text("limit");
      sheet.fact("refused", refusal + (limit == null ? "" : " by " + limit));
    }
    sheet.work(call);
    optional("action", call.text("action"));
    sheet.fact("key", call.text("key", "-"));
    optional("justified", call.text("justification"));
    sheet.tier(call);
    optional("model", call.text("model"));
    sheet.tokens(call.inner("input_tokens"));
    if (call.number("tokens_trimmed") > 0) {
      sheet.fact("trimmed", Figures.counted(call.number("tokens_trimmed"), "token"));
    }
    sheet.fact("cost", cost(call));
    var prices = call.text("price_date");
    sheet.fact(
        "policy",
        call.text("policy_version", "-") + (prices == null ? "" : ", prices of " + prices));
  }

  private static String cost(Document call) {
    var cost = new StringBuilder(Figures.exact(call.text("cost_usd")));
    if (isMoney(call.text("in_doubt_usd"))) {
      cost.append(", and up to %s in doubt".formatted(Figures.exact(call.text("in_doubt_usd"))));
    }
    var unpriced = call.number("unpriced_attempts");
    if (unpriced > 0) {
      cost.append(", without %s unpriced".formatted(Figures.counted(unpriced, "attempt")));
    }
    return cost.toString();
  }

  private void chain(Document call) {
    var table = new Table().numbers("#").words("TIER", "MODEL", "KIND", "REASON");
    int number = 1;
    for (var rung : call.list("chain")) {
      table.row(
          number++, rung.text("tier"), rung.text("model"), rung.text("kind"), rung.text("reason"));
    }
    print("Chain", table);
  }

  private void attempts(Document call) {
    var table =
        new Table()
            .numbers("#")
            .words("KIND", "REASON", "TIER", "MODEL")
            .numbers("STATUS")
            .words("ENDING", "USAGE")
            .numbers("TIME", "COST", "IN DOUBT");
    for (var attempt : call.list("attempts")) {
      table.row(
          attempt.number("number"),
          attempt.text("kind"),
          attempt.text("reason"),
          attempt.text("tier"),
          model(attempt),
          attempt.number("status") == 0 ? null : attempt.number("status"),
          attempt.text("ending"),
          attempt.text("usage_source"),
          Figures.millis(attempt.number("duration_ms")),
          Figures.exact(attempt.text("cost_usd")),
          isMoney(attempt.text("in_doubt_usd"))
              ? Figures.exact(attempt.text("in_doubt_usd"))
              : null);
    }
    print("Attempts", table);
  }

  private void costs(Document attempt) {
    var price = attempt.text("price_date");
    var from =
        price == null
            ? "unpriced"
            : "price of %s from %s".formatted(price, attempt.text("price_source", "-"));
    sheet.heading("Attempt %d: %s, %s".formatted(attempt.number("number"), model(attempt), from));
    parts("KIND", attempt.inner("usage"), attempt.inner("cost_by_kind"));
    parts("SEGMENT", attempt.inner("input_tokens"), attempt.inner("cost_by_segment"));
  }

  private void whole(Document call) {
    sheet.heading("All attempts");
    parts("KIND", new Document(), call.inner("cost_by_kind"));
    parts("SEGMENT", new Document(), call.inner("cost_by_segment"));
  }

  /// A table of tokens and cost by kind or segment; what is empty in both is left out.
  private void parts(String heading, Document tokens, Document costs) {
    var table = new Table().words(heading).numbers("TOKENS", "COST");
    Set<String> names = new LinkedHashSet<>(tokens.fields().keySet());
    names.addAll(costs.fields().keySet());
    names.remove("total");
    for (var name : names) {
      if (tokens.number(name) != 0 || isMoney(costs.text(name))) {
        var cost = costs.text(name);
        table.row(
            name.equals("reasoning") && cost == null ? "reasoning (in output)" : name,
            tokens.number(name) == 0 ? null : Figures.count(tokens.number(name)),
            cost == null ? null : Figures.exact(cost));
      }
    }
    table.print(terminal);
  }

  private void print(String heading, Table table) {
    if (!table.isEmpty()) {
      sheet.heading(heading);
      table.print(terminal);
    }
  }

  private void optional(String label, @Nullable String text) {
    if (text != null) {
      sheet.fact(label, text);
    }
  }

  private static String model(Document attempt) {
    return attempt.text("provider", "-") + "/" + attempt.text("model", "-");
  }

  private static boolean isMoney(@Nullable String usd) {
    return usd != null && usd.chars().anyMatch(c -> c >= '1' && c <= '9');
  }
}
