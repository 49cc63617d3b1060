package io.faregate.admin;

import io.faregate.audit.Document;
import java.time.Instant;

/// How the process is at this moment.
///
/// @param version of the program
/// @param draining whether it takes no new call because it is about to end
public record Status(
    String version,
    Instant startedAt,
    Journal journal,
    Store store,
    long callsInFlight,
    long streamsOpen,
    boolean draining) {
  /// The journal. Without it no call is admitted.
  ///
  /// @param reason why it is not ready; empty when it is
  public record Journal(boolean ready, String reason, long bytes) {}

  /// The store. It may lag or fail without a call noticing.
  ///
  /// @param lagSeconds how old the oldest entry that it lacks may be
  /// @param message why it fails, or what else is wrong with it; empty when all is well
  /// @param historyMissing whether it was begun anew after what it lacks had left the journal
  public record Store(
      boolean failing, String message, long lagBytes, long lagSeconds, boolean historyMissing) {}

  /// Whether new calls are served.
  public boolean ready() {
    return journal.ready() && !draining;
  }

  /// Why not, or why something is not as it should be; empty when all is well.
  public String trouble() {
    if (draining) {
      return "ending: no new call is taken";
    }
    if (!journal.ready()) {
      return "no call is taken: " + journal.reason();
    }
    if (store.failing()) {
      return "reports are behind, calls go on: " + store.message();
    }
    return store.historyMissing()
        ? "the store lacks older history: reports and limits count what is left of it"
        : store.message();
  }

  Document document() {
    return new Document()
        .put("ready", ready())
        .put("trouble", trouble())
        .put("version", version)
        .time("started_at", startedAt)
        .put(
            "journal",
            new Document()
                .put("ready", journal.ready())
                .put("reason", journal.reason())
                .put("bytes", journal.bytes()))
        .put(
            "store",
            new Document()
                .put("failing", store.failing())
                .put("message", store.message())
                .put("lag_bytes", store.lagBytes())
                .put("lag_seconds", store.lagSeconds())
                .put("history_missing", store.historyMissing()))
        .put("calls_in_flight", callsInFlight)
        .put("streams_open", streamsOpen)
        .put("draining", draining);
  }
}
