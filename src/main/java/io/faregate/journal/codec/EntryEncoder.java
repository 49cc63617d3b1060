package io.faregate.journal.codec;

import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.StartedEntry;
import io.faregate.money.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/// Writes entries as CBOR arrays, one at a time, into a buffer that it keeps: the kind of the
/// entry, then its fields without their names, which would be half of the bytes. Instants are
/// microseconds since 1970, as finely as the store keeps them; segments and usage are arrays in the
/// order of their records. Not for several threads at once.
///
/// A field may be added at the end in any version: [EntryDecoder] does not read what it does not
/// know, and takes what is missing for null. To remove one, to move one or to change its meaning
/// takes a new format version of the segment.
public final class EntryEncoder {
  private final CborWriter cbor;

  /// An encoder of records that begin with so many bytes of a head, which it leaves free.
  public EntryEncoder(int headBytes) {
    cbor = new CborWriter(headBytes);
  }

  /// Encodes the entry as the payload of a record that is not sealed yet.
  public void encode(Entry entry) {
    cbor.clear();
    cbor.beginList();
    switch (entry) {
      case StartedEntry started -> write(started);
      case AttemptEntry attempt -> write(attempt);
      case CallEntry call -> write(call);
      case PremiumEntry premium -> write(premium);
    }
    cbor.endList();
  }

  /// The record, valid up to [#end()] and until the next call of [#encode].
  public byte[] record() {
    return cbor.bytes();
  }

  /// The end of the payload.
  public int end() {
    return cbor.end();
  }

  private void write(StartedEntry entry) {
    text("started");
    text(entry.call());
    number(entry.attempt());
    instant(entry.startedAt());
    dimensions(entry.dimensions());
    text(entry.action());
    word(entry.kind());
    word(entry.reason());
    text(entry.tier());
    model(entry.model());
    number(entry.holdNanoUsd());
    day(entry.priceDate());
    text(entry.policyVersion());
  }

  private void write(AttemptEntry entry) {
    text("attempt");
    text(entry.call());
    number(entry.attempt());
    number(entry.revision());
    instant(entry.startedAt());
    dimensions(entry.dimensions());
    text(entry.action());
    word(entry.kind());
    word(entry.reason());
    text(entry.tier());
    model(entry.sku().model());
    text(entry.sku().channel());
    text(entry.sku().region());
    word(entry.sku().serviceTier());
    number(entry.sku().contextStart());
    text(entry.modelServed());
    text(entry.usageReported());
    usage(entry.usage());
    segments(entry.tokens());
    word(entry.usageSource());
    text(entry.rates());
    text(entry.priceSource());
    day(entry.priceDate());
    number(entry.costNanoUsd());
    number(entry.providerCostNanoUsd());
    number(entry.holdNanoUsd());
    number(entry.inDoubtNanoUsd());
    word(entry.ending());
    number(entry.status());
    text(entry.providerRequestId());
    number(entry.firstByteMillis());
    number(entry.durationMillis());
    text(entry.problem());
  }

  private void write(CallEntry entry) {
    text("call");
    text(entry.call());
    instant(entry.startedAt());
    instant(entry.endedAt());
    dimensions(entry.dimensions());
    text(entry.user());
    text(entry.session());
    text(entry.tags());
    text(entry.action());
    text(entry.justification());
    word(entry.taskSource());
    text(entry.policyVersion());
    day(entry.priceDate());
    text(entry.firstTier());
    text(entry.tier());
    model(entry.model());
    why(entry);
    segments(entry.tokens());
    number(entry.tokensTrimmed());
    number(entry.tokensOutput());
    cbor.truth(entry.streamed());
    number(entry.status());
    text(entry.refusal());
    text(entry.refusalLimit());
    number(entry.clientRetries());
    text(entry.requestId());
    number(entry.attempts());
    number(entry.firstByteMillis());
    number(entry.durationMillis());
    number(entry.overheadMicros());
    number(entry.costNanoUsd());
    number(entry.inDoubtNanoUsd());
    number(entry.unpricedAttempts());
  }

  private void write(PremiumEntry entry) {
    text("premium");
    text(entry.call());
    text(entry.workflow());
    number(entry.calls());
    number(entry.premiumCalls());
    number(entry.creditMillionths());
  }

  private void why(CallEntry entry) {
    cbor.list(entry.reasons().size());
    entry.reasons().forEach(reason -> cbor.text(reason.word()));
    cbor.list(entry.rules().size());
    for (var rule : entry.rules()) {
      cbor.list(3);
      text(rule.rule());
      cbor.truth(rule.matched());
      text(rule.why());
    }
    cbor.list(entry.chain().size());
    for (var rung : entry.chain()) {
      cbor.list(5);
      text(rung.tier());
      model(rung.model());
      word(rung.kind());
      word(rung.reason());
    }
  }

  private void dimensions(Dimensions dimensions) {
    text(dimensions.key());
    text(dimensions.plan());
    text(dimensions.workflow());
    text(dimensions.step());
    text(dimensions.task());
  }

  private void segments(Segments tokens) {
    cbor.list(6);
    cbor.number(tokens.system());
    cbor.number(tokens.user());
    cbor.number(tokens.documents());
    cbor.number(tokens.history());
    cbor.number(tokens.tools());
    cbor.number(tokens.toolResults());
  }

  private void usage(@Nullable Usage usage) {
    if (usage == null) {
      cbor.nothing();
      return;
    }
    cbor.list(6);
    cbor.number(usage.input());
    cbor.number(usage.cacheRead());
    cbor.number(usage.cacheWrite5m());
    cbor.number(usage.cacheWrite1h());
    cbor.number(usage.output());
    cbor.number(usage.reasoning());
  }

  private void model(@Nullable ModelId model) {
    text(model == null ? null : model.provider());
    text(model == null ? null : model.name());
  }

  private void instant(Instant at) {
    cbor.number(
        Math.addExact(
            Math.multiplyExact(at.getEpochSecond(), 1_000_000L),
            at.getLong(ChronoField.MICRO_OF_SECOND)));
  }

  private void day(@Nullable LocalDate day) {
    number(day == null ? null : day.toEpochDay());
  }

  private void text(@Nullable String text) {
    if (text == null) {
      cbor.nothing();
    } else {
      cbor.text(text);
    }
  }

  private void word(@Nullable Enum<?> word) {
    text(word == null ? null : word.name());
  }

  private void number(@Nullable Long number) {
    if (number == null) {
      cbor.nothing();
    } else {
      number(number.longValue());
    }
  }

  private void number(long number) {
    cbor.number(number);
  }
}
