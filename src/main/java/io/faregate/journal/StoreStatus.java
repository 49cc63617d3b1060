package io.faregate.journal;

/// How far the ledger is behind the journal.
///
/// @param lagBytes of records that it has not got
/// @param lagSeconds how old the oldest entry that it lacks may be; 0 when it has all
/// @param failing whether it was last unable to take entries; they wait in the journal
/// @param message why, or what else is wrong, in a sentence; empty when all is well
/// @param historyMissing whether it began behind the oldest segment kept: reports of the time
///   before are missing, which is not zero
public record StoreStatus(
    long lagBytes, long lagSeconds, boolean failing, String message, boolean historyMissing) {}
