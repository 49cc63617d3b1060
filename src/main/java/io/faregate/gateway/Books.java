package io.faregate.gateway;

import io.faregate.budget.Bid;
import io.faregate.budget.Book;
import io.faregate.budget.Hold;
import io.faregate.budget.PremiumState;
import io.faregate.budget.Spender;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.StartedEntry;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Book and journal as one: what is held is written before it is sent, and both see everything in
/// the same order, so that the book can be made again from the journal. Any event loop may call; a
/// loop waits for another one at most while that copies a record.
public final class Books {
  private final Book book;
  private final Journal journal;

  /// @param book nobody else holds or settles in it
  public Books(Book book, Journal journal) {
    this.book = book;
    this.journal = journal;
  }

  /// Whether a call may be admitted at all.
  boolean ready() {
    return journal.ready();
  }

  /// Holds an attempt, and records it if it is held.
  ///
  /// @param started the entry of the attempt that was held
  synchronized Hold hold(Bid bid, Function<Hold.Held, StartedEntry> started) {
    var hold = book.hold(bid);
    if (hold instanceof Hold.Held held) {
      journal.append(started.apply(held));
      credit(bid.call(), held.premium());
    }
    return hold;
  }

  /// What a hold of the same bid would be refused with; empty when it would not be.
  Optional<Hold.Refused> refusal(Bid bid) {
    return book.refusal(bid);
  }

  /// Records an attempt that is over, and puts its cost in the place of its hold.
  ///
  /// @return by how much it passed what had been set aside, in nano-dollars
  synchronized long settle(AttemptEntry entry) {
    journal.append(entry);
    return book.settle(entry.call(), entry.attempt(), cost(entry), entry.inDoubtNanoUsd())
        .map(resolution -> resolution.overshootNanoUsd())
        .orElse(0L);
  }

  /// Records a call that is over.
  ///
  /// @param servedTop whether the top tier served it, or was the last to try
  synchronized void end(CallEntry entry, boolean servedTop) {
    credit(entry.call(), book.ended(entry.call(), servedTop));
    journal.append(entry);
  }

  /// Records the correction of an attempt that was in doubt, and settles the doubt.
  ///
  /// @param entry the next revision of the attempt
  /// @param before what it replaces
  public synchronized void resolve(AttemptEntry entry, AttemptEntry before) {
    journal.append(entry);
    var dimensions = entry.dimensions();
    var spender = new Spender(dimensions.key(), dimensions.workflow(), entry.tier());
    var more = Math.subtractExact(cost(entry), cost(before));
    book.resolve(spender, entry.startedAt(), before.inDoubtNanoUsd(), more);
  }

  private static long cost(AttemptEntry entry) {
    var cost = entry.costNanoUsd();
    return cost == null ? 0 : cost;
  }

  private void credit(String call, @Nullable PremiumState share) {
    if (share != null) {
      journal.append(
          new PremiumEntry(
              call,
              share.workflow(),
              share.calls(),
              share.premiumCalls(),
              share.creditMillionths()));
    }
  }
}
