package io.faregate.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a subscription may use.
///
/// @param tiers the tiers it has
/// @param inputTokens most input of a call, or null
/// @param outputTokens most output of a call, or null
/// @param justify tiers that a call must give a justification for
public record Plan(
    String name,
    Set<String> tiers,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    OnExcess onExcess,
    Set<String> justify) {
  public Plan {
    tiers = Set.copyOf(tiers);
    justify = Set.copyOf(justify);
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("plan " + name + " has no tier");
    }
  }
}
