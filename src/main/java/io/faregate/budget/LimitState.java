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

  /// What can still be held; never negative, and null where nobody set a limit.
  public @Nullable Long freeNanoUsd() {
    return limitNanoUsd == null
        ? null
        : Math.max(0, limitNanoUsd - spentNanoUsd - heldNanoUsd - inDoubtNanoUsd);
  }

  /// When the next window starts, with nothing spent.
  public Instant resetsAt() {
    return window.to();
  }
}
