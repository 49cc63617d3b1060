package io.faregate.ledger;

import java.util.List;

/// A call with its attempts in order, as they stand in the ledger.
public record StoredCall(CallEntry call, List<AttemptEntry> attempts) {
  public StoredCall {
    attempts = List.copyOf(attempts);
  }
}
