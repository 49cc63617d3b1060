package io.faregate.policy;

import io.faregate.call.ModelId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the decision rests on besides policy and call, recorded so that it can be made again.
///
/// @param day the UTC day whose prices hold
/// @param scale how many bytes make a token
/// @param unhealthy the models that fail at present
/// @param limited the tiers on which the book has refused the call, and why
/// @param affinity what an earlier call of its session leaves to it, or null
public record Snapshot(
    LocalDate day,
    TokenScale scale,
    Set<ModelId> unhealthy,
    Map<String, Limited> limited,
    @Nullable Affinity affinity) {
  public Snapshot {
    unhealthy = Set.copyOf(unhealthy);
    limited = Map.copyOf(limited);
  }

  /// Of a call without a session.
  public Snapshot(
      LocalDate day, TokenScale scale, Set<ModelId> unhealthy, Map<String, Limited> limited) {
    this(day, scale, unhealthy, limited, null);
  }

  /// All models are healthy, and no tier is limited.
  public Snapshot(LocalDate day, TokenScale scale) {
    this(day, scale, Set.of(), Map.of());
  }

  /// The same after the book has refused the call on one more tier.
  public Snapshot withLimited(String tier, Limited why) {
    var more = new HashMap<>(limited);
    more.put(tier, why);
    return new Snapshot(day, scale, unhealthy, more, affinity);
  }
}
