package io.faregate.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What attempts of a call came to together.
///
/// @param unpriced how many of the attempts have no price
/// @param pricedNanoUsd of the others
public record Costs(int attempts, int unpriced, long pricedNanoUsd, long inDoubtNanoUsd) {
  /// Of no attempt.
  public static final Costs NONE = new Costs(0, 0, 0, 0);

  /// Of these attempts.
  public static Costs of(List<AttemptEntry> attempts) {
    var costs = NONE;
    for (var attempt : attempts) {
      costs = costs.plus(attempt);
    }
    return costs;
  }

  /// Of those attempts that have a price; null when none has one. No attempts cost nothing.
  public @Nullable Long nanoUsd() {
    return unpriced > 0 && unpriced == attempts ? null : pricedNanoUsd;
  }

  /// With one attempt more.
  public Costs plus(AttemptEntry attempt) {
    var cost = attempt.costNanoUsd();
    return new Costs(
        attempts + 1,
        cost == null ? unpriced + 1 : unpriced,
        cost == null ? pricedNanoUsd : Math.addExact(pricedNanoUsd, cost),
        Math.addExact(inDoubtNanoUsd, attempt.inDoubtNanoUsd()));
  }

  /// With one of its attempts less.
  Costs minus(AttemptEntry attempt) {
    var cost = attempt.costNanoUsd();
    return new Costs(
        attempts - 1,
        cost == null ? unpriced - 1 : unpriced,
        cost == null ? pricedNanoUsd : Math.subtractExact(pricedNanoUsd, cost),
        Math.subtractExact(inDoubtNanoUsd, attempt.inDoubtNanoUsd()));
  }
}
