package io.faregate.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request of a client to Faregate.
///
/// @param id time-ordered and unguessable, see [CallId]
/// @param maxCostNanoUsd the most that all its attempts may cost together, as its client says; null
///   if it does not
public record Call(
    String id,
    Instant startedAt,
    Caller caller,
    Work work,
    Demand demand,
    @Nullable Long maxCostNanoUsd) {
  /// A call whose client says nothing of its cost.
  public Call(String id, Instant startedAt, Caller caller, Work work, Demand demand) {
    this(id, startedAt, caller, work, demand, null);
  }

  /// The same call asking for something else.
  public Call asking(Demand demand) {
    return new Call(id, startedAt, caller, work, demand, maxCostNanoUsd);
  }
}
