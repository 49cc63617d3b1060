package io.faregate.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A limit in one window: what may be spent, and what has become of it. Amounts in nano-dollars;
/// what is unpriced is in none of them.
///
/// @param limitNanoUsd what may be spent, or null where nobody set a limit
/// @param heldNanoUsd the ceilings of attempts in flight
/// @param inDoubtNanoUsd what attempts of unknown usage may have cost beyond what was spent
public record LimitState(
    Limit limit,
    Window window,
    @Nullable Long limitNanoUsd,
    long spentNanoUsd,
    long heldNanoUsd,
    long inDoubtNanoUsd) {

  /// What counts against the limit: spent, held and in doubt together.
  public long usedNanoUsd() {
    return sum(sum(spentNanoUsd, heldNanoUsd), inDoubtNanoUsd);
  }

  /// What can still be held; never negative, and null where nobody set a limit.
  public @Nullable Long freeNanoUsd() {
    return limitNanoUsd == null ? null : Long.valueOf(Math.max(0, limitNanoUsd - usedNanoUsd()));
  }

  /// When the next window starts, with nothing spent.
  public Instant resetsAt() {
    return window.to();
  }

  /// Adds to an amount, or takes from it by a negative one, down to nothing. A sum beyond nine
  /// billion dollars stays there: whatever a provider reports, it uses a limit up, and no attempt
  /// stays held for it.
  static long sum(long nanoUsd, long more) {
    var sum = nanoUsd + more;
    if (more < 0) {
      return Math.max(0, sum);
    }
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
