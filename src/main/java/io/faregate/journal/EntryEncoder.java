package io.faregate.journal;

import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.StartedEntry;
import io.faregate.money.Usage;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORWriteFeature;

/// Writes entries as CBOR maps, one at a time, into a buffer that it keeps. What is null is left
/// out; instants are microseconds since 1970, as finely as the store keeps them; segments and usage
/// are arrays in the order of their records. Not for several threads at once.
///
/// A field may be added in any version, and [EntryDecoder] skips those that it does not know. To
/// remove one or to change its meaning takes a new format version of the segment.
final class EntryEncoder {
  private static final CBORFactory CBOR =
      // A client may send half a surrogate pair; that must not keep its cost from being written.
      CBORFactory.builder().enable(CBORWriteFeature.LENIENT_UTF_ENCODING).build();

  private final RecordBytes bytes = new RecordBytes();
  // One generator for all entries: to make one costs more than to write an entry.
  private final JsonGenerator cbor = CBOR.createGenerator(ObjectWriteContext.empty(), bytes);

  /// Encodes the entry as the payload of a record that is not sealed yet.
  void encode(Entry entry) {
    bytes.begin();
    cbor.writeStartObject();
    switch (entry) {
      case StartedEntry started -> write(started);
      case AttemptEntry attempt -> write(attempt);
      case CallEntry call -> write(call);
      case PremiumEntry premium -> write(premium);
    }
    cbor.writeEndObject();
    cbor.flush();
  }

  /// The record, valid up to [#end()] and until the next call of [#encode].
  byte[] record() {
    return bytes.array();
  }

  /// The end of the payload.
  int end() {
    return bytes.size();
  }

  private void write(StartedEntry entry) {
    text("entry", "started");
    text("call", entry.call());
    number("attempt", entry.attempt());
    instant("started_at", entry.startedAt());
    dimensions(entry.dimensions());
    text("action", entry.action());
    word("kind", entry.kind());
    word("reason", entry.reason());
    text("tier", entry.tier());
    model(entry.model());
    number("hold", entry.holdNanoUsd());
    day("price_date", entry.priceDate());
    text("policy_version", entry.policyVersion());
  }

  private void write(AttemptEntry entry) {
    text("entry", "attempt");
    text("call", entry.call());
    number("attempt", entry.attempt());
    number("revision", entry.revision());
    instant("started_at", entry.startedAt());
    dimensions(entry.dimensions());
    text("action", entry.action());
    word("kind", entry.kind());
    word("reason", entry.reason());
    text("tier", entry.tier());
    model(entry.sku().model());
    text("channel", entry.sku().channel());
    text("region", entry.sku().region());
    word("service_tier", entry.sku().serviceTier());
    number("context_start", entry.sku().contextStart());
    text("model_served", entry.modelServed());
    text("usage_reported", entry.usageReported());
    usage(entry.usage());
    segments(entry.tokens());
    word("usage_source", entry.usageSource());
    text("rates", entry.rates());
    text("price_source", entry.priceSource());
    day("price_date", entry.priceDate());
    number("cost", entry.costNanoUsd());
    number("provider_cost", entry.providerCostNanoUsd());
    number("hold", entry.holdNanoUsd());
    number("in_doubt", entry.inDoubtNanoUsd());
    word("ending", entry.ending());
    number("status", entry.status());
    text("provider_request_id", entry.providerRequestId());
    number("first_byte_ms", entry.firstByteMillis());
    number("duration_ms", entry.durationMillis());
    text("problem", entry.problem());
  }

  private void write(CallEntry entry) {
    text("entry", "call");
    text("call", entry.call());
    instant("started_at", entry.startedAt());
    instant("ended_at", entry.endedAt());
    dimensions(entry.dimensions());
    text("user", entry.user());
    text("session", entry.session());
    text("tags", entry.tags());
    text("action", entry.action());
    text("justification", entry.justification());
    word("task_source", entry.taskSource());
    text("policy_version", entry.policyVersion());
    day("price_date", entry.priceDate());
    text("first_tier", entry.firstTier());
    text("tier", entry.tier());
    model(entry.model());
    why(entry);
    segments(entry.tokens());
    number("tokens_trimmed", entry.tokensTrimmed());
    number("tokens_output", entry.tokensOutput());
    cbor.writeName("stream");
    cbor.writeBoolean(entry.streamed());
    number("status", entry.status());
    text("refusal", entry.refusal());
    text("refusal_limit", entry.refusalLimit());
    number("client_retries", entry.clientRetries());
    text("request_id", entry.requestId());
    number("attempts", entry.attempts());
    number("first_byte_ms", entry.firstByteMillis());
    number("duration_ms", entry.durationMillis());
    number("overhead_us", entry.overheadMicros());
    number("cost", entry.costNanoUsd());
    number("in_doubt", entry.inDoubtNanoUsd());
    number("unpriced", entry.unpricedAttempts());
  }

  private void write(PremiumEntry entry) {
    text("entry", "premium");
    text("call", entry.call());
    text("workflow", entry.workflow());
    number("calls", entry.calls());
    number("premium_calls", entry.premiumCalls());
    number("credit", entry.creditMillionths());
  }

  private void why(CallEntry entry) {
    cbor.writeName("reasons");
    cbor.writeStartArray(entry, entry.reasons().size());
    entry.reasons().forEach(reason -> cbor.writeString(reason.word()));
    cbor.writeEndArray();
    cbor.writeName("rules");
    cbor.writeStartArray(entry, entry.rules().size());
    for (var rule : entry.rules()) {
      cbor.writeStartObject();
      text("rule", rule.rule());
      cbor.writeName("matched");
      cbor.writeBoolean(rule.matched());
      text("why", rule.why());
      cbor.writeEndObject();
    }
    cbor.writeEndArray();
    cbor.writeName("chain");
    cbor.writeStartArray(entry, entry.chain().size());
    for (var rung : entry.chain()) {
      cbor.writeStartObject();
      text("tier", rung.tier());
      model(rung.model());
      word("kind", rung.kind());
      word("reason", rung.reason());
      cbor.writeEndObject();
    }
    cbor.writeEndArray();
  }

  private void dimensions(Dimensions dimensions) {
    text("key", dimensions.key());
    text("plan", dimensions.plan());
    text("workflow", dimensions.workflow());
    text("step", dimensions.step());
    text("task", dimensions.task());
  }

  private void segments(Segments tokens) {
    cbor.writeName("tokens");
    cbor.writeStartArray(tokens, 6);
    cbor.writeNumber(tokens.system());
    cbor.writeNumber(tokens.user());
    cbor.writeNumber(tokens.documents());
    cbor.writeNumber(tokens.history());
    cbor.writeNumber(tokens.tools());
    cbor.writeNumber(tokens.toolResults());
    cbor.writeEndArray();
  }

  private void usage(@Nullable Usage usage) {
    if (usage == null) {
      return;
    }
    cbor.writeName("usage");
    cbor.writeStartArray(usage, 6);
    cbor.writeNumber(usage.input());
    cbor.writeNumber(usage.cacheRead());
    cbor.writeNumber(usage.cacheWrite5m());
    cbor.writeNumber(usage.cacheWrite1h());
    cbor.writeNumber(usage.output());
    cbor.writeNumber(usage.reasoning());
    cbor.writeEndArray();
  }

  private void model(@Nullable ModelId model) {
    if (model != null) {
      text("provider", model.provider());
      text("model", model.name());
    }
  }

  private void instant(String name, Instant at) {
    cbor.writeName(name);
    cbor.writeNumber(
        Math.addExact(
            Math.multiplyExact(at.getEpochSecond(), 1_000_000L),
            at.getLong(ChronoField.MICRO_OF_SECOND)));
  }

  private void day(String name, @Nullable LocalDate day) {
    if (day != null) {
      number(name, day.toEpochDay());
    }
  }

  private void text(String name, @Nullable String text) {
    if (text != null) {
      cbor.writeName(name);
      cbor.writeString(text);
    }
  }

  private void word(String name, @Nullable Enum<?> word) {
    if (word != null) {
      cbor.writeName(name);
      cbor.writeString(word.name());
    }
  }

  private void number(String name, @Nullable Long number) {
    if (number != null) {
      number(name, number.longValue());
    }
  }

  private void number(String name, long number) {
    cbor.writeName(name);
    cbor.writeNumber(number);
  }

  /// A growing array that leaves room for the head of the record.
  private static final class RecordBytes extends ByteArrayOutputStream {
    private static final int COMMON_BYTES = 2048;

    RecordBytes() {
      super(COMMON_BYTES);
    }

    void begin() {
      count = Frame.HEAD_BYTES;
    }

    byte[] array() {
      return buf;
    }
  }
}
