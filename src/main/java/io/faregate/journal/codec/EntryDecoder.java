package io.faregate.journal.codec;

import io.faregate.call.AttemptKind;
import io.faregate.call.Ending;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.call.Source;
import io.faregate.call.UsageSource;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.Sku;
import io.faregate.ledger.StartedEntry;
import io.faregate.money.ServiceTier;
import java.time.DateTimeException;
import java.util.List;

/// Reads back what [EntryEncoder] wrote. Not for several threads at once.
public final class EntryDecoder {
  private final CborReader cbor = new CborReader();

  /// The entry in these bytes.
  ///
  /// @throws IllegalArgumentException if they hold none, as when a newer version wrote another kind
  public Entry decode(byte[] bytes, int from, int length) {
    cbor.read(bytes, from, length);
    try {
      return entry(cbor.atMap() ? NamedFields.read(cbor) : new ListedFields(cbor));
    } catch (ClassCastException | ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException("not an entry that this version can read", e);
    }
  }

  private static Entry entry(EntryFields fields) {
    var kind = fields.text("entry");
    return switch (kind) {
      case "started" -> started(fields);
      case "attempt" -> attempt(fields);
      case "call" -> call(fields);
      case "premium" -> premium(fields);
      default -> throw new IllegalArgumentException("an entry of unknown kind \"" + kind + "\"");
    };
  }

  private static StartedEntry started(EntryFields fields) {
    return new StartedEntry(
        fields.text("call"),
        fields.count("attempt"),
        fields.instant("started_at"),
        fields.dimensions(),
        fields.textOrNull("action"),
        fields.word("kind", AttemptKind.class),
        fields.wordOrNull("reason", Reason.class),
        fields.text("tier"),
        fields.model(),
        fields.numberOrNull("hold"),
        fields.dayOrNull("price_date"),
        fields.text("policy_version"));
  }

  private static PremiumEntry premium(EntryFields fields) {
    return new PremiumEntry(
        fields.text("call"),
        fields.textOrNull("workflow"),
        fields.number("calls"),
        fields.number("premium_calls"),
        fields.number("credit"));
  }

  private static AttemptEntry attempt(EntryFields fields) {
    return new AttemptEntry(
        fields.text("call"),
        fields.count("attempt"),
        fields.count("revision"),
        fields.instant("started_at"),
        fields.dimensions(),
        fields.textOrNull("action"),
        fields.word("kind", AttemptKind.class),
        fields.wordOrNull("reason", Reason.class),
        fields.text("tier"),
        sku(fields),
        fields.textOrNull("model_served"),
        fields.textOrNull("usage_reported"),
        fields.usageOrNull(),
        fields.segments(),
        fields.word("usage_source", UsageSource.class),
        fields.textOrNull("rates"),
        fields.textOrNull("price_source"),
        fields.dayOrNull("price_date"),
        fields.numberOrNull("cost"),
        fields.numberOrNull("provider_cost"),
        fields.numberOrNull("hold"),
        fields.number("in_doubt"),
        fields.word("ending", Ending.class),
        fields.count("status"),
        fields.textOrNull("provider_request_id"),
        fields.numberOrNull("first_byte_ms"),
        fields.number("duration_ms"),
        fields.textOrNull("problem"));
  }

  private static Sku sku(EntryFields fields) {
    return new Sku(
        fields.model(),
        fields.text("channel"),
        fields.textOrNull("region"),
        fields.word("service_tier", ServiceTier.class),
        fields.number("context_start"));
  }

  private static CallEntry call(EntryFields fields) {
    return new CallEntry(
        fields.text("call"),
        fields.instant("started_at"),
        fields.instant("ended_at"),
        fields.dimensions(),
        fields.textOrNull("user"),
        fields.textOrNull("session"),
        fields.textOrNull("tags"),
        fields.textOrNull("action"),
        fields.textOrNull("justification"),
        fields.wordOrNull("task_source", Source.class),
        fields.text("policy_version"),
        fields.dayOrNull("price_date"),
        fields.textOrNull("first_tier"),
        fields.textOrNull("tier"),
        fields.modelOrNull(),
        reasons(fields),
        fields.list("rules", EntryDecoder::rule),
        fields.list("chain", EntryDecoder::rung),
        fields.segments(),
        fields.number("tokens_trimmed"),
        fields.numberOrNull("tokens_output"),
        fields.truth("stream"),
        fields.count("status"),
        fields.textOrNull("refusal"),
        fields.textOrNull("refusal_limit"),
        fields.count("client_retries"),
        fields.textOrNull("request_id"),
        fields.count("attempts"),
        fields.numberOrNull("first_byte_ms"),
        fields.number("duration_ms"),
        fields.number("overhead_us"),
        fields.numberOrNull("cost"),
        fields.number("in_doubt"),
        fields.count("unpriced"));
  }

  private static List<Reason> reasons(EntryFields fields) {
    return fields.texts("reasons").stream().map(EntryDecoder::reason).toList();
  }

  private static Reason reason(String word) {
    return Reason.of(word)
        .orElseThrow(() -> new IllegalArgumentException("an entry with an unknown reason " + word));
  }

  private static Rule rule(EntryFields fields) {
    return new Rule(fields.text("rule"), fields.truth("matched"), fields.text("why"));
  }

  private static Rung rung(EntryFields fields) {
    return new Rung(
        fields.text("tier"),
        fields.model(),
        fields.word("kind", AttemptKind.class),
        fields.wordOrNull("reason", Reason.class));
  }
}
