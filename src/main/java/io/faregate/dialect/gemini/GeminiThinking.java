package io.faregate.dialect.gemini;

import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Thinking;
import io.faregate.dialect.translate.hub.Tree;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// How much a Gemini model shall think, within what it takes. Models before Gemini 3 know budgets
/// in tokens, later ones levels besides. Source: Gemini API reference, "Thinking".
final class GeminiThinking {
  /// The models that know the lowest level; all others refuse it.
  private static final Pattern MINIMAL =
      Pattern.compile("flash-lite|gemini-3-flash|gemini-3\\.[1-6]-flash");

  private final Prompt prompt;
  private final List<String> warnings;

  private GeminiThinking(Prompt prompt, List<String> warnings) {
    this.prompt = prompt;
    this.warnings = warnings;
  }

  /// The `thinkingConfig` of a prompt; empty if it says nothing about it.
  ///
  /// @param warnings takes a word on what the model does not take
  static ObjectNode config(Prompt prompt, List<String> warnings) {
    return new GeminiThinking(prompt, warnings).config();
  }

  private ObjectNode config() {
    var config = Tree.object();
    var asked = prompt.thinking();
    var budgeted = prompt.model().contains("gemini-2");
    if (asked.shown()) {
      config.put("includeThoughts", true);
    }
    if (asked.budgetTokens() != null) {
      config.put("thinkingBudget", budgeted ? within(asked.budgetTokens()) : asked.budgetTokens());
    } else if (asked.effort() != null && !budgeted) {
      config.put("thinkingLevel", level(asked.effort()));
    } else if (asked.effort() != null) {
      config.put("thinkingBudget", within(budget(asked.effort())));
    } else if (asked.mode() == Thinking.Mode.OFF && budgeted) {
      config.put("thinkingBudget", within(0));
    } else if (asked.mode() == Thinking.Mode.OFF) {
      config.put("thinkingLevel", level("minimal"));
    } else if (asked.mode() == Thinking.Mode.FREE && budgeted) {
      config.put("thinkingBudget", -1);
    }
    return config;
  }

  private String level(String effort) {
    return switch (effort) {
      case "minimal" -> {
        if (MINIMAL.matcher(prompt.model()).find()) {
          yield "MINIMAL";
        }
        warnings.add("thinking: changed, the lowest level of the model is low");
        yield "LOW";
      }
      case "low" -> "LOW";
      case "medium" -> "MEDIUM";
      default -> "HIGH";
    };
  }

  private static long budget(String effort) {
    return switch (effort) {
      case "minimal" -> 512;
      case "low" -> 1_024;
      case "medium" -> 8_192;
      default -> 24_576;
    };
  }

  /// The nearest budget that the model takes; only Pro models cannot but think.
  private long within(long tokens) {
    var pro = prompt.model().contains("-pro");
    if (tokens == 0 && !pro) {
      return 0;
    }
    var least = prompt.model().contains("-lite") ? 512 : pro ? 128 : 1;
    var taken = Math.clamp(tokens, least, pro ? 32_768 : 24_576);
    if (taken != tokens) {
      warnings.add("thinking: changed, a budget of %d tokens is sent".formatted(taken));
    }
    return taken;
  }
}
