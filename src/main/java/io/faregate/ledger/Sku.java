package io.faregate.ledger;

import io.faregate.call.ModelId;
import io.faregate.money.ServiceTier;
import org.jspecify.annotations.Nullable;

/// What was bought, as finely as prices differ.
///
/// @param channel who sold it: `direct`, `azure`, `bedrock`, ...
/// @param contextStart start of the long-context price in force; 0 for the base price
public record Sku(
    ModelId model,
    String channel,
    @Nullable String region,
    ServiceTier serviceTier,
    long contextStart) {
  /// A model bought from its provider at the standard tier and base price.
  public static Sku direct(ModelId model) {
    return new Sku(model, "direct", null, ServiceTier.STANDARD, 0);
  }
}
