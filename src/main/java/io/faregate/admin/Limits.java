package io.faregate.admin;

import io.faregate.budget.LimitState;
import io.faregate.budget.PremiumState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may still be spent, and the way to end a doubt by hand.
public interface Limits {
  /// All limits that the policy can set, set or not, as the book has them. Does not block.
  List<LimitState> limits(Instant now);

  /// The premium shares that are limited. Does not block.
  List<PremiumState> premium();

  /// Ends the doubt about an attempt: what it cost, in all and for certain, takes the place of what
  /// was estimated and of what was in doubt. Blocks until it cannot be lost any more.
  ///
  /// @param costNanoUsd not negative; 0 if the provider did not bill it
  /// @throws NotInDoubtException if the attempt is unknown, or its cost is not in doubt
  Resolved resolve(String call, int attempt, long costNanoUsd);

  /// What took the place of what.
  ///
  /// @param costBeforeNanoUsd the estimate; null when it was unpriced
  /// @param inDoubtBeforeNanoUsd what counted beyond it
  record Resolved(
      String call,
      int attempt,
      long costNanoUsd,
      @Nullable Long costBeforeNanoUsd,
      long inDoubtBeforeNanoUsd) {}

  /// There is no doubt to end. The message is a sentence for people.
  final class NotInDoubtException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what is known of the attempt
    public NotInDoubtException(String message) {
      super(message);
    }
  }
}
