package io.faregate.worksheet.plan;

import io.faregate.call.ModelId;
import org.jspecify.annotations.Nullable;

/// The model that calls go to, and the tier for which it stands; null when the worksheet names the
/// model itself.
public record Target(@Nullable String tier, ModelId model) {
  /// What the worksheet says: the tier, or the model.
  public String name() {
    return tier == null ? model.toString() : tier;
  }
}
