package io.faregate.budget;

import io.faregate.call.Reason;
import org.jspecify.annotations.Nullable;

/// What the book answers to a bid.
public sealed interface Hold {
  /// The ceiling is set aside under every limit that applies. The attempt must be settled or
  /// released once, even if it is unpriced and nothing is set aside.
  ///
  /// @param outputCap tokens to which the output must be capped, so that the ceiling is one; null
  ///   when nothing is to be added to the request
  /// @param premium the premium share of the workflow after it; null when that is not limited
  record Held(Ceiling ceiling, @Nullable Long outputCap, @Nullable PremiumState premium)
      implements Hold {}

  /// Nothing is set aside, under no limit.
  ///
  /// @param reason why the call goes elsewhere; null if it goes nowhere, since its client let it
  ///   cost no more
  /// @param ceiling what would have been set aside
  /// @param limit the limit that stands in the way, as it is now; null for the premium share, and
  ///   if only what the client lets the call cost stands in the way
  /// @param premium the premium share that is used up, or null
  record Refused(
      Kind kind,
      @Nullable Reason reason,
      Ceiling ceiling,
      @Nullable LimitState limit,
      @Nullable PremiumState premium)
      implements Hold {}

  /// What stands in the way.
  enum Kind {
    /// The ceiling does not fit into what is left of a limit.
    LIMIT,
    /// The workflow has no premium credit left.
    PREMIUM_SHARE,
    /// The model has no price, and a limit applies.
    UNPRICED,
    /// No bound of the cost can be given, and a limit applies.
    UNBOUNDED,
    /// The ceiling does not fit into what the client lets the call cost.
    MAX_COST
  }
}
