package io.faregate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.audit.Document;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.policy.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `docs/support.md` shows where the calls of `examples/support.yaml` go. The words are its
/// author's; what is worked out again is the row of each step but for its last column, the decision
/// below each caller in a block of `text`, and what each command in a block of `console` prints.
class SupportPageTest {
  private static final Path PAGE = Path.of("docs/support.md");
  private static final Path EXAMPLE = Path.of("examples/support.yaml");
  private static final Map<String, String> KEYS =
      Map.of("OPENAI_API_KEY", "k1", "ANTHROPIC_API_KEY", "k2");
  private static final String FENCE = "```";
  private static final String STEP = "### ";
  private static final String PROMPT = "$ ./faregate ";
  private static final int WIDTH = 118;

  private final Map<String, Task> steps = steps();

  @Test
  void showsEveryDecisionOfTheExample() throws IOException {
    var actual = new StringBuilder();
    var block = "";
    var step = "";
    for (var line : Files.readString(PAGE, UTF_8).lines().toList()) {
      if (line.startsWith(FENCE)) {
        block = block.isEmpty() ? line : "";
        actual.append(line).append('\n');
        continue;
      }
      step = line.startsWith(STEP) ? line.substring(STEP.length()) : step;
      actual.append(
          switch (block) {
            case FENCE + "console" -> line.startsWith(PROMPT) ? printed(line) : "";
            case FENCE + "text" -> line.startsWith(" ") ? "" : decided(step, line);
            default -> row(line) + "\n";
          });
    }
    Golden.check(PAGE, actual.toString());
  }

  @Test
  void leavesNoStepAndNoPlanOut() throws IOException {
    var page = Files.readString(PAGE, UTF_8);

    assertThat(steps).hasSize(6);
    for (var step : steps.keySet()) {
      assertThat(page).containsOnlyOnce("\n| " + step + " | ").containsOnlyOnce("\n### " + step);
      var section = page.substring(page.indexOf("\n### " + step));
      assertThat(section.substring(0, section.indexOf(FENCE + "console")))
          .contains("\nfree  ", "\nstandard  ", "\nenterprise  ", "\ninternal  ")
          .contains("\ninternal, justified  ");
    }
  }

  private static String printed(String command) {
    var words = command.substring(PROMPT.length()).split(" ", -1);
    return command + "\n" + shell().run(words).out();
  }

  /// A caller with the decision for it, from what `route` prints as JSON.
  private static String decided(String step, String line) {
    var caller = line.split(" {2}", -1)[0];
    var document = Document.of(shell().run(route(step, caller)).json());
    var first = document.text("first_tier", "");
    var tier = document.text("tier", "nowhere");
    var reasons = String.join(", ", document.words("reasons"));
    return "%-21s %s%s\n"
            .formatted(
                caller,
                first.equals(tier) ? tier : first + " → " + tier,
                reasons.isEmpty() ? "" : " (" + reasons + ")")
        + listed("chain", document.list("chain").stream().map(SupportPageTest::rung).toList())
        + listed("rules", document.list("rules").stream().map(SupportPageTest::rule).toList());
  }

  private static String[] route(String step, String caller) {
    var arguments = new ArrayList<>(List.of("route", "--json", "--config", EXAMPLE.toString()));
    arguments.addAll(List.of("--workflow", "support", "--step", step));
    arguments.addAll(List.of("--plan", caller.split(",", -1)[0]));
    if (caller.endsWith(", justified")) {
      arguments.addAll(List.of("--justification", "a refund above the limit"));
    }
    return arguments.toArray(String[]::new);
  }

  private static String rung(Document rung) {
    var reason = rung.text("reason");
    return "%s %s %s%s"
        .formatted(
            rung.text("kind"),
            rung.text("tier"),
            rung.text("model"),
            reason == null ? "" : " (" + reason + ")");
  }

  private static String rule(Document rule) {
    return "%s %s: %s"
        .formatted(rule.flag("matched") ? "✓" : "·", rule.text("rule"), rule.text("why"));
  }

  /// The parts after their label, as many on a line as fit.
  private static String listed(String label, List<String> parts) {
    var text = new StringBuilder();
    var line = new StringBuilder("  " + label);
    for (var part : parts) {
      if (line.length() > 7 && line.length() + part.length() + 2 > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder("       ");
      }
      line.append("  ").append(part);
    }
    return text.append(line).append('\n').toString();
  }

  /// The row of a step as the policy has it; any other line as it is.
  private String row(String line) {
    var cells = line.split("\\|", -1);
    var task = cells.length == 7 ? steps.get(cells[1].strip()) : null;
    if (task == null) {
      return line;
    }
    var fallback = task.fallback().isEmpty() ? "none" : String.join(", ", task.fallback());
    return "| %s | %s | %s | %s |%s|"
        .formatted(cells[1].strip(), task.name(), task.tier(), fallback, cells[5]);
  }

  private static Map<String, Task> steps() {
    var environment = new Environment(KEYS, Path.of("examples"), Catalogue.builtIn());
    var configuration =
        Objects.requireNonNull(ConfigReader.read(EXAMPLE, environment).configuration());
    return Objects.requireNonNull(configuration.policy().workflows().get("support")).steps();
  }

  private static Shell shell() {
    var shell = new Shell();
    for (var key : KEYS.entrySet()) {
      shell = shell.with(key.getKey(), key.getValue());
    }
    return shell;
  }
}
