package io.faregate.ledger;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A call with its attempts in order, as they stand in the ledger. Its own row says what it cost,
/// unless an attempt was corrected since: rows are never changed, and then the attempts say it.
public record StoredCall(CallEntry call, List<AttemptEntry> attempts) {
  public StoredCall {
    attempts = List.copyOf(attempts);
  }

  /// Of all attempts that have a price, in nano-dollars; null when none has one.
  public @Nullable Long costNanoUsd() {
    if (!corrected()) {
      return call.costNanoUsd();
    }
    return attempts.stream()
        .map(AttemptEntry::costNanoUsd)
        .filter(Objects::nonNull)
        .reduce(Math::addExact)
        .orElse(null);
  }

  /// What its attempts may have cost beyond that, in nano-dollars.
  public long inDoubtNanoUsd() {
    return corrected()
        ? attempts.stream().mapToLong(AttemptEntry::inDoubtNanoUsd).reduce(0, Math::addExact)
        : call.inDoubtNanoUsd();
  }

  /// Attempts whose cost nobody knows.
  public int unpricedAttempts() {
    return corrected()
        ? (int) attempts.stream().filter(attempt -> attempt.costNanoUsd() == null).count()
        : call.unpricedAttempts();
  }

  /// Whether one of its attempts was corrected after it had ended.
  public boolean corrected() {
    // Every call that is stored is asked, nearly all of them without attempts: no stream for that.
    for (var attempt : attempts) {
      if (attempt.revision() > 0) {
        return true;
      }
    }
    return false;
  }
}
