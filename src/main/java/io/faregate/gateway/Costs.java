package io.faregate.gateway;

import io.faregate.ledger.AttemptEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the attempts of a call came to together.
///
/// @param nanoUsd of those that have a price; null when none has one
/// @param unpriced how many have none
record Costs(@Nullable Long nanoUsd, long inDoubtNanoUsd, int unpriced) {
  static Costs of(List<AttemptEntry> attempts) {
    long sum = 0;
    long inDoubt = 0;
    int unpriced = 0;
    for (var attempt : attempts) {
      inDoubt = Math.addExact(inDoubt, attempt.inDoubtNanoUsd());
      if (attempt.costNanoUsd() == null) {
        unpriced++;
      } else {
        sum = Math.addExact(sum, attempt.costNanoUsd());
      }
    }
    return new Costs(unpriced > 0 && unpriced == attempts.size() ? null : sum, inDoubt, unpriced);
  }
}
