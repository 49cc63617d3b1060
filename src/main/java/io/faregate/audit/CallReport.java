package io.faregate.audit;

import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import io.faregate.ledger.StoredCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Why a call went where it went, and what it cost: the answer to `why`. `call` is the stored
/// decision; `attempts` come in order, each with its cost in parts.
public record CallReport(StoredCall call, List<Attempt> attempts) {
  /// Cost that cannot be split: of attempts without a known price row or usage.
  static final String NOT_SPLIT = "not_split";

  public CallReport {
    attempts = List.copyOf(attempts);
  }

  /// An attempt with its cost in parts, where they are known.
  public record Attempt(AttemptEntry entry, Optional<CostParts> parts) {}

  /// The report of a stored call.
  public static CallReport of(StoredCall stored) {
    return new CallReport(
        stored,
        stored.attempts().stream().map(entry -> new Attempt(entry, CostParts.of(entry))).toList());
  }

  /// The cost of all attempts by kind of token, in nano-dollars; adds up to the call's cost.
  public SequencedMap<String, Long> costByKind() {
    return sum(CostParts::byKind);
  }

  /// The cost of all attempts by segment, in nano-dollars; adds up to the call's cost.
  public SequencedMap<String, Long> costBySegment() {
    return sum(CostParts::bySegment);
  }

  /// The report in the shape that PRODUCT §4 promises.
  public Document document() {
    return CallDocument.of(this);
  }

  /// The latest calls of a span, latest first, as lines of a list: without attempts, rules and
  /// chain. It reads the ledger and so blocks.
  public static List<Document> lines(Ledger ledger, Span span, int limit) {
    return ledger.withAttempts(ledger.calls(span, limit)).stream().map(CallDocument::head).toList();
  }

  private SequencedMap<String, Long> sum(Function<CostParts, SequencedMap<String, Long>> split) {
    var sums = new LinkedHashMap<String, Long>();
    for (var attempt : attempts) {
      var parts = attempt.parts();
      if (parts.isPresent()) {
        split.apply(parts.get()).forEach((name, part) -> sums.merge(name, part, Math::addExact));
      }
    }
    for (var attempt : attempts) {
      var cost = attempt.entry().costNanoUsd();
      if (attempt.parts().isEmpty() && cost != null && cost != 0) {
        sums.merge(NOT_SPLIT, cost, Math::addExact);
      }
    }
    return sums;
  }
}
