package io.faregate.audit;

import io.faregate.call.AttemptKind;
import io.faregate.ledger.AttemptEntry;
import io.faregate.money.TokenKind;
import io.faregate.money.Usage;
import java.util.List;

/// The shape of a review in JSON (PRODUCT §4, `audit`).
final class ReviewDocument {
  private ReviewDocument() {}

  static Document of(Review review) {
    var total = review.total();
    return new Document()
        .time("from", review.span().from())
        .time("to", review.span().to())
        .money("total_usd", total.costNanoUsd())
        .put("calls", total.calls())
        .put("attempts", total.attempts())
        .put("by_model", lines("model", review.byModel()))
        .put("by_tier", lines("tier", review.byTier()))
        .put("by_workflow", lines("workflow", review.byWorkflow()))
        .share(
            "fallback_rate",
            review.attempts(AttemptKind.FALLBACK),
            review.attempts(AttemptKind.FIRST))
        .put("fallback_reasons", reasons(review))
        .share("retry_rate", review.attempts(AttemptKind.RETRY), review.attempts(AttemptKind.FIRST))
        .money("cost_per_completed_action_usd", null)
        .put("correction_rate", (Object) null)
        .put("premium_growth", List.of())
        .money("in_doubt_usd", total.inDoubtNanoUsd())
        .put("unpriced_calls", review.unpricedCalls())
        .put("findings", List.of())
        .put("refused_calls", review.refused())
        .put("unpriced_attempts", total.unpriced())
        .put("estimated_attempts", total.estimated())
        .put("usage", usage(total.usage()))
        .put("unreported_count", total.estimated())
        .put("unreported", review.unreported().stream().map(ReviewDocument::unreported).toList())
        .time("missing_before", review.missingBefore());
  }

  /// Tokens by kind; reasoning is a part of the output.
  static Document usage(Usage usage) {
    var document = new Document();
    for (var kind : TokenKind.values()) {
      document = document.put(kind.word(), usage.tokens(kind));
    }
    return document.put("reasoning", usage.reasoning());
  }

  private static List<Document> lines(String group, List<Review.Line> lines) {
    return lines.stream().map(line -> line(group, line)).toList();
  }

  private static Document line(String group, Review.Line line) {
    var sums = line.sums();
    return new Document()
        .put(group, line.name())
        .put("calls", sums.calls())
        .put("attempts", sums.attempts())
        .put("usage", usage(sums.usage()))
        .money("cost_usd", sums.costNanoUsd())
        .money("in_doubt_usd", sums.inDoubtNanoUsd())
        .put("unpriced", sums.unpriced());
  }

  private static Document reasons(Review review) {
    var document = new Document();
    for (var reason : review.fallbackReasons().entrySet()) {
      document = document.put(reason.getKey().word(), reason.getValue());
    }
    return document;
  }

  private static Document unreported(AttemptEntry attempt) {
    return new Document()
        .put("call", attempt.call())
        .put("attempt", attempt.attempt())
        .put("model", attempt.sku().model().toString())
        .put("status", CallDocument.status(attempt.status()))
        .put("ending", attempt.ending().word())
        .put("usage_source", attempt.usageSource().word())
        .money("cost_usd", attempt.costNanoUsd())
        .money("in_doubt_usd", attempt.inDoubtNanoUsd())
        .time("started_at", attempt.startedAt());
  }
}
