package io.faregate.budget;

import io.faregate.budget.Account.Tally;
import io.faregate.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has been spent, is held and is in doubt under each limit, and the premium credit of each
/// workflow. An attempt is held before it is sent, under all its limits or none, and then settled
/// or released, once. So spent + held + in doubt never passes a limit, whatever runs at once, but
/// for a cost above its own ceiling. Source: RELIABILITY §2 and §3.
///
/// All methods may be called by any thread; they are short and wait for nothing but each other. The
/// state is a function of the calls in their order, and of nothing else. The zone, and with it the
/// windows, stays that of the first policy.
public final class Book {
  private final Accounts accounts;
  private final Shares shares;
  private final Holds holds = new Holds();

  /// A book in which nothing is spent.
  ///
  /// @param now an instant of the first windows
  public Book(Policy policy, Instant now) {
    accounts = new Accounts(policy, now);
    shares = new Shares(policy);
  }

  /// Takes the limits of another policy and keeps the sums.
  public synchronized void apply(Policy policy) {
    accounts.apply(policy);
    shares.apply(policy);
  }

  /// Sets the ceiling of an attempt aside under every limit that applies, or under none. When
  /// several are short, the answer names the first of key, workflow, tier, all traffic, premium
  /// share and what the client lets the call cost, the day before the month.
  ///
  /// @throws IllegalStateException if the attempt has its hold already
  public synchronized Hold hold(Bid bid) {
    if (holds.has(bid.call(), bid.attempt())) {
      throw new IllegalStateException(
          "attempt %d of %s is held already".formatted(bid.attempt(), bid.call()));
    }
    accounts.seen(bid.at());
    var applying = accounts.of(bid.spender());
    var tallies = new Tally[applying.length];
    for (int i = 0; i < applying.length; i++) {
      tallies[i] = applying[i].tally(bid.at());
    }
    var cap = outputCap(bid, applying);
    var ceiling = bid.terms().ceiling(cap);
    var refused = refused(bid, applying, ceiling);
    if (refused != null) {
      return refused;
    }
    holds.open(bid, tallies, amount(ceiling));
    return new Hold.Held(ceiling, cap, shares.hold(bid));
  }

  /// What a hold of the same bid would be refused with; empty when it would not be. Nothing is set
  /// aside, and no credit is earned.
  public synchronized Optional<Hold.Refused> refusal(Bid bid) {
    accounts.seen(bid.at());
    var applying = accounts.of(bid.spender());
    for (var account : applying) {
      var _ = account.tally(bid.at());
    }
    var cap = outputCap(bid, applying);
    return Optional.ofNullable(refused(bid, applying, bid.terms().ceiling(cap)));
  }

  /// Replaces the hold of an attempt by what it cost, in the windows in which it was held. The cost
  /// may pass the hold: then the truth counts, and the answer says by how much.
  ///
  /// @param costNanoUsd 0 for an unpriced attempt
  /// @return the first resolution of the attempt, which a later one does not change; empty if it
  ///   has no hold, or is none of the last 10,000 that were resolved
  public synchronized Optional<Resolution> settle(
      String call, int attempt, long costNanoUsd, long inDoubtNanoUsd) {
    if (costNanoUsd < 0 || inDoubtNanoUsd < 0) {
      throw new IllegalArgumentException(
          "neither cost nor doubt is negative: %d, %d".formatted(costNanoUsd, inDoubtNanoUsd));
    }
    return holds.resolve(call, attempt, costNanoUsd, inDoubtNanoUsd);
  }

  /// Gives the hold of an attempt back unused.
  ///
  /// @return as [#settle] does
  public synchronized Optional<Resolution> release(String call, int attempt) {
    return holds.resolve(call, attempt, 0, 0);
  }

  /// Ends a call for the premium share: gives its credit back if it went to the top tier and
  /// another one served it. It comes after the last hold of the call.
  ///
  /// @return the share after it; null when that is not limited, or no attempt of the call was ever
  ///   held
  public synchronized @Nullable PremiumState ended(String call, boolean servedTop) {
    return shares.end(call, servedTop);
  }

  /// Counts what the ledger has of an attempt, or of many that began in the same quarter of an
  /// hour, in the windows that it lies in: how a book is filled at start, in any order. A name that
  /// the policy lacks is remembered as long as its sums would matter if it came back.
  public synchronized void charge(
      Spender spender, Instant at, long costNanoUsd, long inDoubtNanoUsd) {
    accounts.seen(at);
    for (var account : accounts.ofPast(spender)) {
      var tally = account.tally(at);
      if (tally.covers(at)) {
        tally.charge(costNanoUsd, inDoubtNanoUsd);
      }
    }
  }

  /// Takes over the credit of a workflow that was saved; that of one that the policy lacks is kept
  /// until it comes back.
  public synchronized void restore(PremiumState saved) {
    shares.restore(saved);
  }

  /// Ends the doubt about an attempt: what it cost takes its place in the windows that are still
  /// those of its admission.
  ///
  /// @param at when the attempt was admitted
  /// @param inDoubtNanoUsd what was in doubt
  /// @param costNanoUsd by how much more was spent than had been counted; negative when it was less
  public synchronized void resolve(
      Spender spender, Instant at, long inDoubtNanoUsd, long costNanoUsd) {
    for (var account : accounts.of(spender)) {
      var tally = account.tally();
      if (tally.covers(at)) {
        tally.clear(inDoubtNanoUsd);
        tally.charge(costNanoUsd, 0);
      }
    }
  }

  /// All limits that the policy can set, set or not: tiers up the ladder, all traffic, workflows
  /// and keys. A window that is over by then shows as the one that follows it.
  public synchronized List<LimitState> limits(Instant now) {
    return accounts.states(now);
  }

  /// The premium shares that are limited: of the calls without a workflow, then by workflow.
  public synchronized List<PremiumState> premium() {
    return shares.states();
  }

  private Hold.@Nullable Refused refused(Bid bid, Account[] applying, Ceiling ceiling) {
    var barrier = barrier(bid, applying, ceiling);
    return barrier == null ? null : new Hold.Refused(barrier, ceiling);
  }

  private Hold.@Nullable Barrier barrier(Bid bid, Account[] applying, Ceiling ceiling) {
    var unknown = unknown(bid, firstLimited(applying), ceiling);
    if (unknown != null) {
      return unknown;
    }
    var amount = amount(ceiling);
    for (var account : applying) {
      if (account.leftNanoUsd() < amount) {
        return new Hold.TooLittle(account.reason(), account.state(bid.at()));
      }
    }
    var premium = shares.refusing(bid);
    if (premium != null) {
      return new Hold.NoCredit(premium);
    }
    var callLeft = bid.callLeftNanoUsd();
    return callLeft != null && callLeft < amount ? new Hold.MaxCost() : null;
  }

  /// Where a limit applies, of an account or of the call, the cost must have a bound and a price.
  private static Hold.@Nullable Barrier unknown(
      Bid bid, @Nullable Account limited, Ceiling ceiling) {
    if (limited == null && bid.callLeftNanoUsd() == null) {
      return null;
    }
    var bounded = !bid.terms().unbounded();
    if (bounded && ceiling.cost().nanoUsdOrNull() != null && !bid.terms().mayCostMore()) {
      return null;
    }
    var state = limited == null ? null : limited.state(bid.at());
    return bounded
        ? new Hold.NoPrice(state)
        : new Hold.NoBound(limited == null ? null : limited.reason(), state);
  }

  private static @Nullable Account firstLimited(Account[] applying) {
    for (var account : applying) {
      if (account.limited()) {
        return account;
      }
    }
    return null;
  }

  private static @Nullable Long outputCap(Bid bid, Account[] applying) {
    return bid.terms().outputCap(smallestLeft(applying), bid.callLeftNanoUsd());
  }

  private static @Nullable Long smallestLeft(Account[] applying) {
    Long smallest = null;
    for (var account : applying) {
      if (account.limited() && (smallest == null || account.leftNanoUsd() < smallest)) {
        smallest = account.leftNanoUsd();
      }
    }
    return smallest;
  }

  private static long amount(Ceiling ceiling) {
    var nanoUsd = ceiling.cost().nanoUsdOrNull();
    return nanoUsd == null ? 0 : nanoUsd;
  }
}
