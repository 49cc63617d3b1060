package io.faregate.audit;

import io.faregate.call.Reason;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.StoredCall;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The shape of a call in JSON (PRODUCT §4, `why`).
final class CallDocument {
  private CallDocument() {}

  static Document of(CallReport report) {
    var call = report.call().call();
    return head(report.call())
        .put("attempts", report.attempts().stream().map(CallDocument::attempt).toList())
        .put("cost_by_kind", amounts(report.costByKind()))
        .put("cost_by_segment", amounts(report.costBySegment()))
        .put("rules", rules(call))
        .put("chain", chain(call))
        .put("input_tokens", segments(call.tokens()))
        .put("tokens_trimmed", call.tokensTrimmed())
        .put("tags", call.tags())
        .put("user", call.user())
        .put("session", call.session())
        .put("justification", call.justification())
        .put("request_id", call.requestId())
        .put("client_retries", call.clientRetries())
        .put("first_byte_ms", call.firstByteMillis())
        .put("overhead_us", call.overheadMicros());
  }

  static Document head(StoredCall stored) {
    var call = stored.call();
    var dimensions = call.dimensions();
    var model = call.model();
    return new Document()
        .put("call", call.call())
        .put("status", status(call.status()))
        .put("workflow", dimensions.workflow())
        .put("step", dimensions.step())
        .put("action", call.action())
        .put("task", dimensions.task())
        .put("plan", dimensions.plan())
        .put("tier", call.tier())
        .put("model", model == null ? null : (Object) model.toString())
        .put("reasons", (Object) call.reasons().stream().map(Reason::word).toList())
        .money("cost_usd", stored.costNanoUsd())
        .money("in_doubt_usd", stored.inDoubtNanoUsd())
        .put("unpriced_attempts", stored.unpricedAttempts())
        .put("attempt_count", call.attempts())
        .put("key", dimensions.key())
        .put("task_source", word(call))
        .put("first_tier", call.firstTier())
        .put("policy_version", call.policyVersion())
        .put("price_date", text(call.priceDate()))
        .put("streamed", call.streamed())
        .put("output_tokens", call.tokensOutput())
        .put("refusal", refusal(call))
        .time("started_at", call.startedAt())
        .time("ended_at", call.endedAt())
        .put("duration_ms", call.durationMillis());
  }

  private static Document attempt(CallReport.Attempt attempt) {
    var entry = attempt.entry();
    var reason = entry.reason();
    var usage = entry.usage();
    var parts = attempt.parts();
    return new Document()
        .put("number", entry.attempt())
        .put("kind", entry.kind().word())
        .put("reason", reason == null ? null : (Object) reason.word())
        .put("tier", entry.tier())
        .put("provider", entry.sku().model().provider())
        .put("model", entry.sku().model().name())
        .put("status", status(entry.status()))
        .put("usage", usage == null ? null : ReviewDocument.usage(usage))
        .put("usage_source", entry.usageSource().word())
        .money("cost_usd", entry.costNanoUsd())
        .put("ending", entry.ending().word())
        .put("problem", entry.problem())
        .put("model_served", entry.modelServed())
        .put("service_tier", entry.sku().serviceTier().word())
        .put("region", entry.sku().region())
        .money("in_doubt_usd", entry.inDoubtNanoUsd())
        .money("hold_usd", entry.holdNanoUsd())
        .money("provider_cost_usd", entry.providerCostNanoUsd())
        .put("rates", entry.rates())
        .put("price_source", entry.priceSource())
        .put("price_date", text(entry.priceDate()))
        .put("cost_by_kind", parts.map(part -> amounts(part.byKind())).orElse(null))
        .put("cost_by_segment", parts.map(part -> amounts(part.bySegment())).orElse(null))
        .put("input_tokens", segments(entry.tokens()))
        .put("provider_request_id", entry.providerRequestId())
        .time("started_at", entry.startedAt())
        .put("first_byte_ms", entry.firstByteMillis())
        .put("duration_ms", entry.durationMillis());
  }

  private static List<Document> rules(CallEntry call) {
    return call.rules().stream()
        .map(rule ->
            new Document()
                .put("rule", rule.rule())
                .put("matched", rule.matched())
                .put("why", rule.why()))
        .toList();
  }

  private static List<Document> chain(CallEntry call) {
    return call.chain().stream()
        .map(rung -> {
          var reason = rung.reason();
          return new Document()
              .put("tier", rung.tier())
              .put("model", rung.model().toString())
              .put("kind", rung.kind().word())
              .put("reason", reason == null ? null : (Object) reason.word());
        })
        .toList();
  }

  private static Document segments(Segments tokens) {
    var document = new Document();
    for (var segment : Segment.values()) {
      document = document.put(segment.word(), tokens.of(segment));
    }
    return document.put("total", tokens.total());
  }

  private static Document amounts(SequencedMap<String, Long> parts) {
    var document = new Document();
    for (var part : parts.entrySet()) {
      document = document.money(part.getKey(), part.getValue());
    }
    return document;
  }

  private static @Nullable Document refusal(CallEntry call) {
    return call.refusal() == null
        ? null
        : new Document().put("code", call.refusal()).put("limit", call.refusalLimit());
  }

  /// Rows have 0 where no answer came; a status that is not known is none.
  static @Nullable Object status(int status) {
    return status == 0 ? null : (Object) status;
  }

  private static @Nullable String word(CallEntry call) {
    var source = call.taskSource();
    return source == null ? null : source.word();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
