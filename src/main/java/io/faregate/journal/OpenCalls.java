package io.faregate.journal;

import io.faregate.call.Reason;
import io.faregate.call.Segments;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Costs;
import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.StartedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The calls that have begun and not ended as far as the journal knows: what keeps a segment from
/// the archive, and what a crash leaves behind. Guarded by the journal's lock.
final class OpenCalls {
  // In the order of their first record, so the first one stands in the oldest segment.
  private final Map<String, OpenCall> calls = new LinkedHashMap<>();

  /// Takes note of an entry that stands in this segment.
  void note(Entry entry, long segment) {
    switch (entry) {
      case StartedEntry started ->
          calls.computeIfAbsent(started.call(), _ -> new OpenCall(started, segment)).begin(started);
      case AttemptEntry attempt -> {
        var call = calls.get(attempt.call());
        if (call != null && call.end(attempt)) {
          calls.remove(attempt.call());
        }
      }
      case CallEntry ended -> {
        var call = calls.get(ended.call());
        if (call != null && call.end()) {
          calls.remove(ended.call());
        }
      }
      case PremiumEntry _ -> {} // It opens and ends nothing.
    }
  }

  /// The segment of the oldest open call, or a number beyond all.
  long oldestSegment() {
    var all = calls.values().iterator();
    return all.hasNext() ? all.next().segment : Long.MAX_VALUE;
  }

  /// The entries that end everything open: each attempt at its full hold in doubt, then its call.
  List<Entry> crashed(Instant now) {
    var ends = new ArrayList<Entry>();
    for (var call : calls.values()) {
      call.crash(now, ends);
    }
    return ends;
  }

  private static final class OpenCall {
    private final StartedEntry first;
    private final long segment;
    private final Map<Integer, StartedEntry> open = new TreeMap<>();
    private final List<Reason> reasons = new ArrayList<>();
    private StartedEntry last;
    private Segments tokens = Segments.NONE;
    private boolean ended;
    private Costs costs = Costs.NONE;

    OpenCall(StartedEntry first, long segment) {
      this.first = first;
      this.last = first;
      this.segment = segment;
    }

    void begin(StartedEntry started) {
      last = started;
      open.put(started.attempt(), started);
      var reason = started.reason();
      if (reason != null && !reasons.contains(reason)) {
        reasons.add(reason);
      }
    }

    /// Counts an attempt, and says whether nothing is open any more.
    boolean end(AttemptEntry attempt) {
      if (open.remove(attempt.attempt()) != null) {
        tokens = attempt.tokens();
        costs = costs.plus(attempt);
      }
      return ended && open.isEmpty();
    }

    /// Ends the call, and says whether nothing is open any more.
    boolean end() {
      ended = true;
      return open.isEmpty();
    }

    void crash(Instant now, List<Entry> ends) {
      for (var started : List.copyOf(open.values())) {
        var attempt = started.crashed();
        ends.add(attempt);
        var _ = end(attempt);
      }
      if (!ended) {
        ends.add(crashedCall(now));
      }
    }

    private CallEntry crashedCall(Instant now) {
      return new CallEntry(
          first.call(),
          first.startedAt(),
          now,
          first.dimensions(),
          null,
          null,
          null,
          first.action(),
          null,
          null,
          first.policyVersion(),
          first.priceDate(),
          first.tier(),
          last.tier(),
          last.model(),
          reasons,
          List.of(),
          List.of(),
          tokens,
          0,
          null,
          false,
          0,
          null,
          null,
          0,
          null,
          costs.attempts(),
          null,
          Math.max(0, Duration.between(first.startedAt(), now).toMillis()),
          0,
          costs.nanoUsd(),
          costs.inDoubtNanoUsd(),
          costs.unpriced());
    }
  }
}
