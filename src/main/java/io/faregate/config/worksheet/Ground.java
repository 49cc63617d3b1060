package io.faregate.config.worksheet;

import io.faregate.call.ModelId;
import io.faregate.policy.Policy;
import io.faregate.worksheet.cost.Prices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a worksheet stands on: the policy, where there is one, and what models cost.
///
/// @param policy whose tiers the worksheet may name; null when there is none
/// @param prices on the day that holds when the worksheet names none
public record Ground(@Nullable Policy policy, Prices prices) {

  /// The models of each tier of the policy, cheapest tier first.
  SequencedMap<String, List<ModelId>> tiers() {
    var tiers = new LinkedHashMap<String, List<ModelId>>();
    if (policy != null) {
      policy.tiers().forEach(tier -> tiers.put(tier.name(), tier.models()));
    }
    return tiers;
  }
}
