package io.faregate.policy;

import io.faregate.call.ModelId;
import java.util.List;

/// A rung of the ladder: interchangeable models in order of preference. `rank` counts from 0, the
/// cheapest.
public record Tier(String name, int rank, List<ModelId> models) {
  public Tier {
    models = List.copyOf(models);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("tier " + name + " has no model");
    }
  }
}
