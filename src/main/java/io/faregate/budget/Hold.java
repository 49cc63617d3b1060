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
  /// @param ceiling what would have been set aside
  record Refused(Barrier barrier, Ceiling ceiling) implements Hold {}

  /// What stands in the way of an attempt.
  sealed interface Barrier {
    /// Why the call goes elsewhere; null if it goes nowhere, since its client let it cost no more.
    @Nullable Reason reason();
  }

  /// The ceiling does not fit into what is left of a limit.
  ///
  /// @param limit as it is now
  record TooLittle(Reason reason, LimitState limit) implements Barrier {}

  /// The workflow has no premium credit left.
  record NoCredit(PremiumState premium) implements Barrier {
    @Override
    public Reason reason() {
      return Reason.PREMIUM_SHARE_LIMIT;
    }
  }

  /// The model has no price, and a limit applies.
  ///
  /// @param limit as it is now; null if only what the client lets the call cost applies
  record NoPrice(@Nullable LimitState limit) implements Barrier {
    @Override
    public Reason reason() {
      return Reason.UNPRICED;
    }
  }

  /// No bound of the cost can be given, and a limit applies.
  ///
  /// @param limit as it is now; null, like the reason, if only what the client lets the call cost
  ///   applies
  record NoBound(@Nullable Reason reason, @Nullable LimitState limit) implements Barrier {}

  /// The ceiling does not fit into what the client lets the call cost.
  record MaxCost() implements Barrier {
    @Override
    public @Nullable Reason reason() {
      return null;
    }
  }
}
