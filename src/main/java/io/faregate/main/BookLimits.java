package io.faregate.main;

import io.faregate.admin.Limits;
import io.faregate.budget.Book;
import io.faregate.budget.LimitState;
import io.faregate.budget.PremiumState;
import java.time.Instant;
import java.util.List;

/// The limits of a book in which no attempt is held, so that none is in doubt.
record BookLimits(Book book) implements Limits {
  @Override
  public List<LimitState> limits(Instant now) {
    return book.limits(now);
  }

  @Override
  public List<PremiumState> premium() {
    return book.premium();
  }

  @Override
  public Resolved resolve(String call, int attempt, long costNanoUsd) {
    throw new NotInDoubtException(
        "nothing is known of a doubt about attempt %d of %s".formatted(attempt, call));
  }
}
