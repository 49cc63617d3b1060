package io.faregate.dialect.anthropic;

import java.util.Set;

/// Which refusals Anthropic does not bill: those before any output, in some categories or in none.
/// Of a category that is not known here, it is taken for billed. Source: "Refusals and fallback",
/// Anthropic, as of September 2026.
public final class FreeRefusal {
  private static final Set<String> CATEGORIES = Set.of("", "cyber", "general_harms");

  private FreeRefusal() {}

  /// Whether a message that ended like that is free if nothing was written.
  ///
  /// @param category as its `stop_details` name it; empty if they do not
  public static boolean is(String stopReason, String category) {
    return stopReason.equals("refusal") && CATEGORIES.contains(category);
  }
}
