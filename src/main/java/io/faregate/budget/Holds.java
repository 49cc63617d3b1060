package io.faregate.budget;

import io.faregate.budget.Account.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The holds of attempts in flight, and what became of the last ones. Not thread-safe; the book
/// guards it.
final class Holds {
  private final Map<Attempt, Open> open = new HashMap<>();
  private final Resolved resolved = new Resolved();

  /// Whether an attempt has its hold already.
  boolean has(String call, int attempt) {
    return open.containsKey(new Attempt(call, attempt));
  }

  /// Sets the amount aside in all of the sums.
  void open(Bid bid, Tally[] tallies, long nanoUsd) {
    for (var tally : tallies) {
      tally.hold(nanoUsd);
    }
    open.put(new Attempt(bid.call(), bid.attempt()), new Open(tallies, nanoUsd));
  }

  /// Gives an amount back and counts what was spent and what is in doubt instead of it. The first
  /// resolution of an attempt stands.
  Optional<Resolution> resolve(String call, int attempt, long costNanoUsd, long inDoubtNanoUsd) {
    var hold = open.remove(new Attempt(call, attempt));
    if (hold == null) {
      return resolved.find(call, attempt);
    }
    for (var tally : hold.tallies) {
      tally.unhold(hold.nanoUsd);
      tally.charge(costNanoUsd, inDoubtNanoUsd);
    }
    var over = Math.max(0, LimitState.sum(costNanoUsd, inDoubtNanoUsd) - hold.nanoUsd);
    var resolution = new Resolution(costNanoUsd, inDoubtNanoUsd, over);
    resolved.add(call, attempt, resolution);
    return Optional.of(resolution);
  }

  private record Attempt(String call, int number) {}

  /// An amount, and the sums in which it is held.
  private static final class Open {
    private final Tally[] tallies;
    private final long nanoUsd;

    Open(Tally[] tallies, long nanoUsd) {
      this.tallies = tallies;
      this.nanoUsd = nanoUsd;
    }
  }
}
