package io.faregate.main;

import io.faregate.admin.Limits;
import io.faregate.budget.Book;
import io.faregate.budget.LimitState;
import io.faregate.budget.PremiumState;
import io.faregate.gateway.Books;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The limits of the book in force, and the corrections that go through journal and book.
final class BookLimits implements Limits {
  private final Book book;
  private final Books books;
  private final Supplier<Optional<Ledger>> ledger;
  private final Instant startedAt;
  private final Object correcting = new Object();

  /// @param ledger with everything until now, or empty; it may block
  /// @param startedAt when this process began to serve: no call that began before is under way
  BookLimits(Book book, Books books, Supplier<Optional<Ledger>> ledger, Instant startedAt) {
    this.book = book;
    this.books = books;
    this.ledger = ledger;
    this.startedAt = startedAt;
  }

  @Override
  public List<LimitState> limits(Instant now) {
    return book.limits(now);
  }

  @Override
  public List<PremiumState> premium() {
    return book.premium();
  }

  /// One at a time: the second of two that arrive together finds no doubt any more. No call waits
  /// for it.
  @Override
  public Resolved resolve(String call, int attempt, long costNanoUsd) {
    synchronized (correcting) {
      var before = inDoubt(call, attempt);
      books.resolve(before.corrected(costNanoUsd), before);
      return new Resolved(
          call, attempt, costNanoUsd, before.costNanoUsd(), before.inDoubtNanoUsd());
    }
  }

  private AttemptEntry inDoubt(String call, int attempt) {
    var open =
        ledger
            .get()
            .orElseThrow(() -> new StoreException("the store is away or behind; try again later"));
    var found =
        open.attempts(List.of(call)).stream()
            .filter(entry -> entry.attempt() == attempt)
            .findFirst()
            .orElseThrow(() ->
                new NotInDoubtException(
                    "attempt %d of %s is not recorded".formatted(attempt, call)));
    if (!found.inDoubt()) {
      throw new NotInDoubtException(
          "nothing of attempt %d of %s is in doubt".formatted(attempt, call));
    }
    // What a call cost is written at its end, from its attempts as they were. One whose row a loss
    // of the journal took never ends, and is no reason to wait.
    if (!found.startedAt().isBefore(startedAt) && open.call(call).isEmpty()) {
      throw new NotInDoubtException(
          "%s is still under way; settle its attempt %d when it is over".formatted(call, attempt));
    }
    return found;
  }
}
