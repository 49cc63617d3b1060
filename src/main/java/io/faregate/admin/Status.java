package io.faregate.admin;

import io.faregate.audit.Document;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How the process is at this moment.
///
/// @param version of the program
/// @param disagreeingCalls calls since the start of which one source says one name and another one
///   another, see [io.faregate.call.Rule#NAMES]
/// @param draining whether it takes no new call because it is about to end
public record Status(
    String version,
    Instant startedAt,
    Journal journal,
    Store store,
    long callsInFlight,
    long streamsOpen,
    long disagreeingCalls,
    boolean draining) {
  /// The journal. Without it no call is admitted.
  ///
  /// @param reason why it is not ready; empty when it is
  /// @param waiting records kept in memory until there is room on disk
  /// @param lost records since the start for which there was no room in memory either
  public record Journal(boolean ready, String reason, long bytes, int waiting, long lost) {}

  /// The store. It may lag or fail without a call noticing.
  ///
  /// @param lagSeconds how old the oldest entry that it lacks may be
  /// @param message why it fails, or what else is wrong with it; empty when all is well
  /// @param missingBefore calls that began before then may be missing, and with them what they have
  ///   spent of limits whose windows still run; null when none is
  public record Store(
      boolean failing,
      String message,
      long lagBytes,
      long lagSeconds,
      @Nullable Instant missingBefore) {}

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
    if (journal.lost() > 0) {
      return "%d records of calls are lost: what those cost is in no report"
          .formatted(journal.lost());
    }
    var missing = store.missingBefore();
    return missing == null
        ? store.message()
        : "calls from before %s may be missing: reports and limits count what is left of them"
            .formatted(missing.truncatedTo(ChronoUnit.SECONDS));
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
                .put("bytes", journal.bytes())
                .put("waiting", journal.waiting())
                .put("lost", journal.lost()))
        .put(
            "store",
            new Document()
                .put("failing", store.failing())
                .put("message", store.message())
                .put("lag_bytes", store.lagBytes())
                .put("lag_seconds", store.lagSeconds())
                .put("history_missing", store.missingBefore() != null)
                .time("missing_before", store.missingBefore()))
        .put("calls_in_flight", callsInFlight)
        .put("streams_open", streamsOpen)
        .put("disagreeing_calls", disagreeingCalls)
        .put("draining", draining);
  }
}
