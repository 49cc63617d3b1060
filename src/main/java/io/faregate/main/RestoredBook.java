package io.faregate.main;

import io.faregate.budget.Book;
import io.faregate.budget.PremiumState;
import io.faregate.budget.Spender;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import io.faregate.policy.Policy;
import java.time.Duration;
import java.time.Instant;

/// The book as it was before the stop: every limit's sums from the cells of its window, and the
/// premium credit that was saved with the watermark. There is no other counter, so nothing drifts.
public final class RestoredBook {
  private RestoredBook() {}

  /// The book of a policy from what the ledger has.
  ///
  /// @param ledger with everything that is in the journal
  public static Book of(Policy policy, Ledger ledger, Instant now) {
    var book = new Book(policy, now);
    var span = new Span(now.minus(Span.LONGEST_WINDOW), now.plus(Duration.ofDays(1)));
    for (var cell : ledger.attemptCells(span)) {
      var dimensions = cell.dimensions();
      var spender = new Spender(dimensions.key(), dimensions.workflow(), cell.tier());
      book.charge(spender, cell.quarter(), cell.costNanoUsd(), cell.inDoubtNanoUsd());
    }
    for (var saved : ledger.premium()) {
      book.restore(
          new PremiumState(
              saved.workflow(), 0, saved.calls(), saved.premiumCalls(), saved.creditMillionths()));
    }
    return book;
  }
}
