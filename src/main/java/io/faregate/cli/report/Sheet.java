package io.faregate.cli.report;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts that reports of decisions have in common.
record Sheet(Terminal terminal) {
  private static final int LABEL_WIDTH = 13;
  private static final int NARROWEST = 30;

  /// A line that says one thing.
  void fact(String label, String text) {
    var space = " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
    var lines = wrapped(Terminal.plain(text), LABEL_WIDTH);
    terminal.data(terminal.bold(label) + space + lines.getFirst());
    lines.stream().skip(1).forEach(line -> terminal.data(" ".repeat(LABEL_WIDTH) + line));
  }

  /// A heading after an empty line.
  void heading(String text) {
    terminal.data("");
    terminal.data(terminal.bold(Terminal.plain(text)));
  }

  /// Every rule that was looked at; nothing where none was.
  void rules(List<Document> rules) {
    if (rules.isEmpty()) {
      return;
    }
    heading("Rules looked at");
    for (var rule : rules) {
      var mark = rule.flag("matched") ? terminal.green("✓") : terminal.dim("·");
      var line = "%s: %s".formatted(rule.text("rule", ""), rule.text("why", ""));
      var lines = wrapped(Terminal.plain(line), 2);
      terminal.data("%s %s".formatted(mark, lines.getFirst()));
      lines.stream().skip(1).forEach(more -> terminal.data("  " + more));
    }
  }

  /// The text in lines that fit on the screen beside what stands before them.
  private List<String> wrapped(String text, int before) {
    int room = terminal.columns() - before;
    if (terminal.columns() == 0 || room < NARROWEST) {
      return List.of(text);
    }
    var lines = new ArrayList<String>();
    var rest = text;
    while (rest.length() > room) {
      int space = rest.lastIndexOf(' ', room);
      if (space < 1) {
        break;
      }
      lines.add(rest.substring(0, space));
      rest = rest.substring(space + 1);
    }
    lines.add(rest);
    return lines;
  }

  /// Tokens by segment on one line, those of empty segments left out.
  void tokens(Document tokens) {
    var parts =
        tokens.fields().keySet().stream()
            .filter(segment -> !segment.equals("total") && tokens.number(segment) > 0)
            .map(segment -> segment + " " + Figures.count(tokens.number(segment)))
            .toList();
    fact(
        "input",
        "%s%s, estimated"
            .formatted(
                Figures.counted(tokens.number("total"), "token"),
                parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")"));
  }

  /// The tiers of a decision and what moved it from one to the other.
  void tier(Document decision) {
    var first = decision.text("first_tier", "");
    var tier = decision.text("tier");
    if (tier == null) {
      return;
    }
    var reasons = String.join(", ", decision.words("reasons"));
    fact(
        "tier",
        (first.isEmpty() || first.equals(tier) ? tier : first + " → " + tier)
            + (reasons.isEmpty() ? "" : " (" + reasons + ")"));
  }

  /// Where the work belongs. What a refused call did not come to is left out.
  void work(Document decision) {
    var source = decision.text("task_source");
    stated("task", decision.text("task"), source == null ? "" : " (by " + source + ")");
    var step = decision.text("step");
    stated("workflow", decision.text("workflow"), step == null ? "" : "/" + step);
    stated("plan", decision.text("plan"), "");
  }

  private void stated(String label, @Nullable String text, String more) {
    if (text != null && !text.isEmpty()) {
      fact(label, text + more);
    }
  }
}
