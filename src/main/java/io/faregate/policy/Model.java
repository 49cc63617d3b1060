package io.faregate.policy;

import io.faregate.call.Capability;
import io.faregate.call.ModelId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a model besides its price.
///
/// @param windowTokens input and output together; null when nobody said, which fits every call
/// @param maxOutputTokens null when nobody said
/// @param can what it can do; null when nobody said, which means everything
/// @param embedding whether it makes vectors rather than text
public record Model(
    ModelId id,
    @Nullable Long windowTokens,
    @Nullable Long maxOutputTokens,
    @Nullable Set<Capability> can,
    boolean embedding) {
  /// What an answer of unstated length reserves in the window at most.
  private static final long UNSTATED_OUTPUT = 4_000;

  public Model {
    can = can == null ? null : Set.copyOf(can);
  }

  /// A model of which only the name is known.
  public static Model named(ModelId id) {
    return new Model(id, null, null, null, false);
  }

  /// Whether it can do all of that.
  public boolean can(Set<Capability> needs) {
    return can == null || can.containsAll(needs);
  }

  /// Output tokens to reserve in the window for an answer of at most `limit` tokens, or of unstated
  /// length when that is null.
  public long reservedOutput(@Nullable Long limit) {
    var most = maxOutputTokens == null ? Long.MAX_VALUE : maxOutputTokens;
    return Math.min(most, limit == null ? UNSTATED_OUTPUT : limit);
  }

  /// Whether input and the reserved output fit into the window together.
  public boolean holds(long inputTokens, @Nullable Long outputLimit) {
    return windowTokens == null || inputTokens <= windowTokens - reservedOutput(outputLimit);
  }
}
