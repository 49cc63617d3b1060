package io.faregate.ledger;

/// A record of the ledger, written once. Its identity makes a repeat harmless: the same call,
/// attempt and revision are the same entry.
public sealed interface Entry permits StartedEntry, AttemptEntry, CallEntry, PremiumEntry {
  /// The call it belongs to.
  String call();
}
