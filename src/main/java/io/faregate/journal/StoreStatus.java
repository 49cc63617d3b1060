package io.faregate.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the ledger is behind the journal.
///
/// @param lagBytes of records that it has not got
/// @param lagSeconds how old the oldest entry that it lacks may be; 0 when it has all
/// @param failing whether it was last unable to take entries; they wait in the journal
/// @param message why, or what else is wrong, in a sentence; empty when all is well
/// @param missingBefore calls that began before then may be missing, since the journal had lost
///   what it lacked; null when none is that may still count in the window of a limit
public record StoreStatus(
    long lagBytes,
    long lagSeconds,
    boolean failing,
    String message,
    @Nullable Instant missingBefore) {}
