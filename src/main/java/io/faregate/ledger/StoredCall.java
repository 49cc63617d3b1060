package io.faregate.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A call with its attempts in order, as they stand in the ledger. Its own row says what it cost;
/// rows are never changed, and so what its attempts were corrected by since goes on top of that.
/// The row of an attempt may have been lost with a part of the journal: what it cost stays in the
/// sum.
///
/// @param originals what those attempts said first, by their numbers, that were corrected since
public record StoredCall(
    CallEntry call, List<AttemptEntry> attempts, Map<Integer, AttemptEntry> originals) {
  public StoredCall {
    attempts = List.copyOf(attempts);
    originals = Map.copyOf(originals);
  }

  /// A call of which no attempt was corrected.
  public StoredCall(CallEntry call, List<AttemptEntry> attempts) {
    this(call, attempts, Map.of());
  }

  /// A call with all revisions of its attempts, in any order.
  public static StoredCall of(CallEntry call, Collection<AttemptEntry> revisions) {
    if (revisions.isEmpty()) {
      return new StoredCall(call, List.of());
    }
    var latest = new TreeMap<Integer, AttemptEntry>();
    for (var entry : revisions) {
      latest.merge(entry.attempt(), entry, (a, b) -> a.revision() > b.revision() ? a : b);
    }
    var originals = new TreeMap<Integer, AttemptEntry>();
    for (var entry : revisions) {
      if (entry.revision() == 0 && !entry.equals(latest.get(entry.attempt()))) {
        originals.put(entry.attempt(), entry);
      }
    }
    return new StoredCall(call, List.copyOf(latest.values()), originals);
  }

  /// Of all attempts that have a price, in nano-dollars; null when none has one.
  public @Nullable Long costNanoUsd() {
    return originals.isEmpty() ? call.costNanoUsd() : costs().nanoUsd();
  }

  /// What its attempts may have cost beyond that, in nano-dollars.
  public long inDoubtNanoUsd() {
    return costs().inDoubtNanoUsd();
  }

  /// Attempts whose cost nobody knows.
  public int unpricedAttempts() {
    return costs().unpriced();
  }

  private Costs costs() {
    var priced = call.costNanoUsd() == null ? 0 : call.costNanoUsd();
    var costs = new Costs(call.attempts(), call.unpricedAttempts(), priced, call.inDoubtNanoUsd());
    // Every call that is stored is asked, nearly all of them without corrections.
    if (originals.isEmpty()) {
      return costs;
    }
    for (var attempt : attempts) {
      var original = originals.get(attempt.attempt());
      if (original != null) {
        costs = costs.minus(original).plus(attempt);
      }
    }
    return costs;
  }
}
