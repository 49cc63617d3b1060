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
    if (call.list("attempts").stream().filter(WhyText::billed).count() > 1) {
      whole(call);
    }
  }

  private void head(Document call) {
    sheet.fact("call", call.text("call", "-"));
    sheet.fact(
        "status",
        "%s%s, began %s"
            .formatted(
                outcome(call),
                call.flag("streamed") ? ", streamed" : "",
                call.text("started_at", "-")));
    refusal(call);
    sheet.work(call);
    optional("action", call.text("action"));
    sheet.fact("key", call.text("key", "-"));
    optional("justified", call.text("justification"));
    sheet.tier(call);
    optional("model", call.text("model"));
    if (call.inner("input_tokens").number("total") > 0) {
      sheet.tokens(call.inner("input_tokens"));
    }
    if (call.number("tokens_trimmed") > 0) {
      sheet.fact("trimmed", Figures.counted(call.number("tokens_trimmed"), "token"));
    }
    sheet.fact("cost", cost(call));
    var prices = Figures.since(call.text("price_date"));
    sheet.fact(
        "policy",
        call.text("policy_version", "-") + (prices == null ? "" : ", prices since " + prices));
  }

  private static String outcome(Document call) {
    var status = call.text("status");
    return status == null
        ? "unknown, since the server stopped while it was under way"
        : status + " after " + Figures.millis(call.number("duration_ms"));
  }

  private void refusal(Document call) {
    var refusal = call.inner("refusal").text("code");
    if (refusal == null) {
      return;
    }
    var limit = call.inner("refusal").text("limit");
    var reasons = String.join(", ", call.words("reasons"));
    sheet.fact(
        "refused",
        refusal
            + (limit == null ? "" : " by " + limit)
            + (reasons.isEmpty() || call.text("tier") != null ? "" : " (" + reasons + ")"));
  }

  private static String cost(Document call) {
    var cost = new StringBuilder(Figures.exact(call.text("cost_usd")));
    if (Figures.isMoney(call.text("in_doubt_usd"))) {
      cost.append(", and up to %s in doubt".formatted(Figures.exact(call.text("in_doubt_usd"))));
    }
    var unpriced = call.number("unpriced_attempts");
    // Without any cost, what it lacks has been said.
    if (unpriced > 0 && call.text("cost_usd") != null) {
      cost.append(", without %s unpriced".formatted(Figures.counted(unpriced, "attempt")));
    }
    return cost.toString();
  }

  private void chain(Document call) {
    var table = new Table().numbers("#").words("TIER").names("MODEL").words("KIND", "REASON");
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
            .names("KIND", "REASON", "TIER", "MODEL")
            .numbers("STATUS")
            .words("ENDING", "USAGE")
            .numbers("TIME", "COST", "IN DOUBT")
            .optional("IN DOUBT")
            .spare("USAGE", "TIER", "ENDING", "TIME");
    for (var attempt : call.list("attempts")) {
      table.row(
          attempt.number("number"),
          attempt.text("kind"),
          attempt.text("reason"),
          attempt.text("tier"),
          model(attempt),
          attempt.text("status"),
          attempt.text("ending"),
          attempt.text("usage_source"),
          Figures.millis(attempt.number("duration_ms")),
          Figures.exact(attempt.text("cost_usd")),
          Figures.exact(attempt.text("in_doubt_usd")));
    }
    print("Attempts", table);
    call.list("attempts").stream()
        .filter(attempt -> attempt.text("problem") != null)
        .forEach(attempt ->
            sheet.fact(
                "attempt %d".formatted(attempt.number("number")), attempt.text("problem", "-")));
  }

  /// What an attempt used, at which prices, and what each part came to; nothing for one that used
  /// nothing.
  private void costs(Document attempt) {
    var usage = attempt.inner("usage");
    if (!billed(attempt)) {
      return;
    }
    sheet.heading("Attempt %d: %s".formatted(attempt.number("number"), model(attempt)));
    var rates = attempt.text("rates");
    var since = Figures.since(attempt.text("price_date"));
    if (rates != null) {
      sheet.fact("rates", rates + " (dollars per million)");
    } else if (attempt.text("cost_usd") == null) {
      sheet.fact("rates", "unpriced");
    }
    if (since != null) {
      sheet.fact(
          "price", "since %s, source: %s".formatted(since, attempt.text("price_source", "-")));
    }
    var output = usage.number("output");
    var byKind = parts("KIND", usage, attempt.inner("cost_by_kind"));
    var segments = Document.of(attempt.inner("input_tokens").fields()).put("output", output);
    print(byKind, parts("SEGMENT", segments, attempt.inner("cost_by_segment")));
  }

  private static boolean billed(Document attempt) {
    var usage = attempt.inner("usage");
    return Figures.isMoney(attempt.text("cost_usd"))
        || usage.fields().keySet().stream().anyMatch(kind -> usage.number(kind) != 0);
  }

  private void whole(Document call) {
    sheet.heading("All attempts");
    print(
        parts("KIND", new Document(), call.inner("cost_by_kind")),
        parts("SEGMENT", new Document(), call.inner("cost_by_segment")));
  }

  /// A table of tokens and cost by kind or segment; what is empty in both is left out.
  private static Table parts(String heading, Document tokens, Document costs) {
    var table = new Table().names(heading).numbers("TOKENS", "COST").optional("TOKENS");
    Set<String> names = new LinkedHashSet<>(tokens.fields().keySet());
    names.addAll(costs.fields().keySet());
    names.remove("total");
    for (var name : names) {
      var cost = costs.text(name);
      if (tokens.number(name) != 0 || Figures.isMoney(cost)) {
        table.row(
            name.equals("reasoning") && cost == null ? "reasoning (in output)" : name,
            tokens.number(name) == 0 ? null : Figures.count(tokens.number(name)),
            cost == null ? null : Figures.exact(cost));
      }
    }
    return table;
  }

  private void print(Table byKind, Table bySegment) {
    byKind.print(terminal);
    if (!bySegment.isEmpty()) {
      terminal.data("");
      bySegment.print(terminal);
    }
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
}
