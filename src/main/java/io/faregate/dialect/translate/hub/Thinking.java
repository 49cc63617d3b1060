package io.faregate.dialect.translate.hub;

import org.jspecify.annotations.Nullable;

/// How much the model thinks before it speaks.
///
/// @param mode whether it is told to
/// @param budgetTokens the most it may think, for [Mode#BUDGET]
/// @param effort how hard, in OpenAI's and Anthropic's words, or null
/// @param shown whether its thoughts are asked for
public record Thinking(
    Mode mode, @Nullable Long budgetTokens, @Nullable String effort, boolean shown) {
  /// Nothing is said about it.
  public static final Thinking UNSAID = new Thinking(Mode.UNSAID, null, null, false);

  /// Whether the model thinks.
  public enum Mode {
    /// As it usually does.
    UNSAID,
    /// Not at all.
    OFF,
    /// As much as it wants.
    FREE,
    /// Up to a budget.
    BUDGET
  }

  /// The same with that effort; `none` is no thinking at all.
  public Thinking withEffort(String word) {
    return word.equals("none")
        ? new Thinking(Mode.OFF, null, null, shown)
        : new Thinking(mode, budgetTokens, word, shown);
  }

  /// The same with the thoughts shown.
  public Thinking visible() {
    return new Thinking(mode, budgetTokens, effort, true);
  }

  /// The effort that stands nearest to a budget, where only efforts are understood.
  public @Nullable String nearestEffort() {
    if (effort != null || budgetTokens == null) {
      return effort;
    }
    return budgetTokens < 4_096 ? "low" : budgetTokens < 16_384 ? "medium" : "high";
  }
}
