package io.faregate.audit;

import io.faregate.ledger.AttemptCell;
import io.faregate.ledger.CallCell;
import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;

/// Calls and attempts added up. Attempts without a price are counted in `unpriced` and never as
/// zero; those whose usage no provider reported are counted in `estimated`.
///
/// @param priced the cost of the attempts that have a price, in nano-dollars
/// @param inDoubtNanoUsd what attempts may have cost beyond that
public record Sums(
    long calls,
    long attempts,
    Usage usage,
    long priced,
    long inDoubtNanoUsd,
    long unpriced,
    long estimated) {
  /// Nothing yet.
  public static final Sums NONE = new Sums(0, 0, Usage.NONE, 0, 0, 0, 0);

  /// This with the attempts of a cell.
  public Sums plus(AttemptCell cell) {
    return new Sums(
        calls,
        attempts + cell.attempts(),
        usage.plus(cell.usage()),
        Math.addExact(priced, cell.costNanoUsd()),
        Math.addExact(inDoubtNanoUsd, cell.inDoubtNanoUsd()),
        unpriced + cell.unpriced(),
        estimated + cell.estimated());
  }

  /// This with the calls of a cell. Their cost is that of their attempts, so it is not added again.
  public Sums plus(CallCell cell) {
    return new Sums(
        calls + cell.calls(), attempts, usage, priced, inDoubtNanoUsd, unpriced, estimated);
  }

  /// The known cost, or null when there are attempts and none has a price.
  public @Nullable Long costNanoUsd() {
    return attempts > 0 && unpriced == attempts ? null : priced;
  }
}
