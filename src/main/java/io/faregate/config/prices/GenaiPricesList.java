package io.faregate.config.prices;

import io.faregate.call.ModelId;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Model;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the list of genai-prices: dollars per million tokens, by kind with context tiers, some
/// with the day from which they hold.
final class GenaiPricesList {
  private static final int PER_THOUSAND = 3;

  private GenaiPricesList() {}

  /// The providers of a document.
  static JsonNode providers(JsonNode root) {
    return root.isArray() ? root : root.path("providers");
  }

  static void read(JsonNode root, SnapshotBuilder builder) {
    for (var provider : providers(root)) {
      var vendor = provider.path("id").asString("");
      for (var fields : provider.path("models")) {
        var id = builder.id(vendor, fields.path("id").asString(""));
        if (id != null) {
          model(id, fields, builder);
        }
      }
    }
  }

  private static void model(ModelId id, JsonNode fields, SnapshotBuilder builder) {
    var model =
        new Model(
            id,
            SnapshotBuilder.tokens(fields.path("context_window")),
            null,
            null,
            id.name().contains("embed"));
    var draft = new Draft(id.toString());
    builder
        .take(model, draft, rows -> rows(fields.path("prices"), draft, builder, rows))
        .ifPresent(listed ->
            NameRule.read(fields.path("match"))
                .ifPresent(rule -> builder.match(listed, id.provider(), rule)));
  }

  private static void rows(
      JsonNode prices, Draft draft, SnapshotBuilder builder, List<Price> rows) {
    var dated = new TreeMap<LocalDate, JsonNode>();
    if (prices.isObject()) {
      dated.put(LocalDate.EPOCH, prices);
    }
    for (var entry : prices.isArray() ? prices : prices.path("none")) {
      var from = from(entry.path("constraint"), draft);
      if (from != null) {
        dated.put(from, entry.path("prices"));
      }
    }
    for (var entry : dated.entrySet()) {
      var row = row(entry, dated.higherKey(entry.getKey()), draft, builder);
      if (row.rates().input() != null || row.rates().output() != null) {
        rows.add(row);
      }
    }
  }

  private static Price row(
      Map.Entry<LocalDate, JsonNode> entry,
      @Nullable LocalDate until,
      Draft draft,
      SnapshotBuilder builder) {
    var kinds = entry.getValue();
    var starts = new TreeSet<Long>();
    for (var kind : kinds) {
      for (var tier : kind.path("tiers")) {
        var start = SnapshotBuilder.tokens(tier.path("start"));
        if (start == null) {
          draft.refuse("it has a context tier without a start");
        } else {
          starts.add(start);
        }
      }
    }
    var above = new TreeMap<Long, Rates>();
    starts.forEach(start -> above.put(start, rates(kinds, start, draft)));
    var from = entry.getKey();
    return new Price(
        ServiceTier.STANDARD,
        rates(kinds, 0, draft),
        above,
        from,
        until,
        builder.source(),
        from.isAfter(builder.seen()) ? builder.seen() : null);
  }

  /// The day from which an entry holds; null, and the model refused, if it is none.
  private static @Nullable LocalDate from(JsonNode constraint, Draft draft) {
    if (constraint.isMissingNode() || constraint.isNull()) {
      return LocalDate.EPOCH;
    }
    if (constraint.size() == 1 && constraint.path("start_date").isString()) {
      try {
        return LocalDate.parse(constraint.path("start_date").stringValue());
      } catch (DateTimeException none) {
        draft.refuse("the start_date of a price is no day");
        return null;
      }
    }
    draft.refuse(
        constraint.has("start_time")
            ? "its price depends on the time of day, which our rows cannot say"
            : "its price has a condition that is not known here");
    return null;
  }

  private static Rates rates(JsonNode kinds, long start, Draft draft) {
    return draft.priced(
        new Rates(
            rate(kinds, "input_mtok", start, draft),
            rate(kinds, "cache_read_mtok", start, draft),
            rate(kinds, "cache_write_mtok", start, draft),
            rate(kinds, "cache_write_1h_mtok", start, draft),
            rate(kinds, "output_mtok", start, draft),
            rate(kinds, "output_reasoning_mtok", start, draft),
            draft.rate(kinds, "requests_kcount", PER_THOUSAND)));
  }

  /// The rate of a kind above a start. A plain price holds everywhere, says this list.
  private static @Nullable Rate rate(JsonNode kinds, String key, long start, Draft draft) {
    var kind = kinds.path(key);
    if (!kind.isObject()) {
      return draft.rateOf(kind, key, 0);
    }
    var found = kind.path("base");
    long passed = 0;
    for (var tier : kind.path("tiers")) {
      var begins = SnapshotBuilder.tokens(tier.path("start"));
      if (begins != null && begins <= start && begins > passed) {
        found = tier.path("price");
        passed = begins;
      }
    }
    return draft.rateOf(found, key, 0);
  }
}
