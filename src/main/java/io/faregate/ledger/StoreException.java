package io.faregate.ledger;

/// A ledger cannot be opened, read or written. Nothing is lost by it: the journal keeps every entry
/// until a ledger has taken it.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What was being done, to what, and what to do next; and the cause.
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /// The same where there is no cause but the state of the store.
  public StoreException(String message) {
    super(message);
  }
}
