package io.faregate.policy;

import io.faregate.call.Segment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How the size of the input moves a call.
///
/// @param longer rules that raise a long call to a tier, longest first
/// @param segments limits of input tokens by segment
public record ContextRules(List<Longer> longer, Map<Segment, Long> segments, OnExcess onExcess) {
  /// No rule at all.
  public static final ContextRules NONE = new ContextRules(List.of(), Map.of(), OnExcess.REFUSE);

  public ContextRules {
    longer = longer.stream().sorted(Comparator.comparingLong(Longer::over).reversed()).toList();
    segments = Map.copyOf(segments);
  }

  /// Input strictly over that many tokens goes to at least that tier.
  public record Longer(long over, String tier) {}
}
