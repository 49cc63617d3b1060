package io.faregate.journal;

/// How the journal is, for readiness and for people.
///
/// @param bytes on disk, archived segments not counted
/// @param waiting entries kept in memory until writing is possible again
/// @param lost entries for which there was no room in memory either
/// @param ready whether new calls may be admitted
/// @param reason why not, in a sentence; empty when ready
public record JournalStatus(long bytes, int waiting, long lost, boolean ready, String reason) {}
