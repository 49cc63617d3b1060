package io.faregate.money;

import java.util.Locale;
import java.util.Optional;

/// How fast, and so at which price row, a provider served a request.
public enum ServiceTier {
  STANDARD,
  BATCH,
  FLEX,
  PRIORITY,
  FAST;

  /// The name in files, columns and JSON: `standard`, `batch`, ...
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The tier of that name. Standard are also `default` and `auto`, as OpenAI says,
  /// `standard_only`, as Anthropic does, and `on_demand`, as Groq does.
  public static Optional<ServiceTier> of(String word) {
    return switch (word) {
      case "standard", "default", "auto", "standard_only", "on_demand" -> Optional.of(STANDARD);
      case "batch" -> Optional.of(BATCH);
      case "flex" -> Optional.of(FLEX);
      case "priority" -> Optional.of(PRIORITY);
      case "fast" -> Optional.of(FAST);
      default -> Optional.empty();
    };
  }
}
