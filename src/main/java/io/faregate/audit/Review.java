package io.faregate.audit;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.ledger.AttemptCell;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallCell;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What happened in a span of time and what it cost: totals, and the same by model, tier and
/// workflow. Every breakdown adds up to the totals.
///
/// @param kinds attempts by what they were for
/// @param fallbackReasons fallback attempts by the reason that led to them
/// @param refused calls that we refused
/// @param unpricedCalls calls with an attempt whose cost nobody knows
/// @param unreported attempts whose usage no provider reported, latest first; not always all of
///   them, `total.estimated()` counts them
/// @param missingBefore calls of the span that began before then may be missing, which is not zero;
///   null when none is
public record Review(
    Span span,
    Sums total,
    List<Line> byModel,
    List<Line> byTier,
    List<Line> byWorkflow,
    Map<AttemptKind, Long> kinds,
    Map<Reason, Long> fallbackReasons,
    long refused,
    long unpricedCalls,
    List<AttemptEntry> unreported,
    @Nullable Instant missingBefore) {
  /// How many unreported attempts a review lists.
  public static final int LISTED = 1_000;

  public Review {
    unreported = List.copyOf(unreported);
  }

  /// A group of a breakdown. The name is null for calls and attempts outside all groups: of no
  /// workflow, or refused before a tier was known.
  public record Line(@Nullable String name, Sums sums) {}

  /// The review of a span, widened to whole quarters of an hour: what cells can tell. It reads the
  /// ledger and so blocks.
  public static Review of(Ledger ledger, Span span) {
    var whole = span.wholeQuarters();
    var attempts = ledger.attemptCells(whole);
    var calls = ledger.callCells(whole);
    var kinds = new EnumMap<AttemptKind, Long>(AttemptKind.class);
    var reasons = new EnumMap<Reason, Long>(Reason.class);
    for (var cell : attempts) {
      kinds.merge(cell.kind(), cell.attempts(), Long::sum);
      if (cell.kind() == AttemptKind.FALLBACK && cell.reason() != null) {
        reasons.merge(cell.reason(), cell.attempts(), Long::sum);
      }
    }
    return new Review(
        whole,
        total(attempts, calls),
        lines(attempts, cell -> cell.sku().model().toString(), calls, cell -> name(cell.model())),
        lines(attempts, AttemptCell::tier, calls, CallCell::tier),
        lines(
            attempts,
            cell -> cell.dimensions().workflow(),
            calls,
            cell -> cell.dimensions().workflow()),
        kinds,
        reasons,
        calls.stream().mapToLong(CallCell::refused).sum(),
        calls.stream().mapToLong(CallCell::unpriced).sum(),
        ledger.unreported(whole, LISTED),
        missing(ledger, whole));
  }

  private static @Nullable Instant missing(Ledger ledger, Span span) {
    var before = ledger.missingBefore();
    return before == null || span.from().isBefore(before) ? before : null;
  }

  /// Attempts of that kind.
  public long attempts(AttemptKind kind) {
    return kinds.getOrDefault(kind, 0L);
  }

  /// The review in the shape that PRODUCT §4 promises.
  public Document document() {
    return ReviewDocument.of(this);
  }

  private static Sums total(List<AttemptCell> attempts, List<CallCell> calls) {
    var total = Sums.NONE;
    for (var cell : attempts) {
      total = total.plus(cell);
    }
    for (var cell : calls) {
      total = total.plus(cell);
    }
    return total;
  }

  private static @Nullable String name(@Nullable ModelId model) {
    return model == null ? null : model.toString();
  }

  private static List<Line> lines(
      List<AttemptCell> attempts,
      Function<AttemptCell, @Nullable String> attemptGroup,
      List<CallCell> calls,
      Function<CallCell, @Nullable String> callGroup) {
    var groups = new HashMap<@Nullable String, Sums>();
    for (var cell : attempts) {
      var group = attemptGroup.apply(cell);
      groups.put(group, groups.getOrDefault(group, Sums.NONE).plus(cell));
    }
    for (var cell : calls) {
      var group = callGroup.apply(cell);
      groups.put(group, groups.getOrDefault(group, Sums.NONE).plus(cell));
    }
    return groups.entrySet().stream()
        .map(group -> new Line(group.getKey(), group.getValue()))
        .sorted(DEAREST_FIRST)
        .toList();
  }

  private static final Comparator<Line> DEAREST_FIRST =
      Comparator.comparingLong((Line line) -> line.sums().priced())
          .thenComparingLong(line -> line.sums().calls())
          .reversed()
          .thenComparing(line -> String.valueOf(line.name()));
}
