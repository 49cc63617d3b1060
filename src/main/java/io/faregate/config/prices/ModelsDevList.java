package io.faregate.config.prices;

import io.faregate.money.Price;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Reads the list of models.dev: `api.json`, or providers with their models directly below them.
final class ModelsDevList {
  private static final long OVER_200K = 200_000;

  private ModelsDevList() {}

  /// The models of a provider.
  static JsonNode models(JsonNode provider) {
    return provider.path("models").isObject() ? provider.path("models") : provider;
  }

  /// Whether that is a model of this list.
  static boolean isModel(JsonNode entry) {
    return entry.isObject() && (entry.path("cost").isObject() || entry.path("limit").isObject());
  }

  static void read(JsonNode root, SnapshotBuilder builder) {
    for (var provider : root.properties()) {
      for (var entry : models(provider.getValue()).properties()) {
        var writes = entry.getValue().path("modalities").path("output");
        if (!isModel(entry.getValue()) || (writes.isArray() && !hasText(writes))) {
          builder.skip();
        } else {
          model(provider.getKey(), entry.getKey(), entry.getValue(), builder);
        }
      }
    }
  }

  private static void model(String vendor, String name, JsonNode fields, SnapshotBuilder builder) {
    var id = builder.id(vendor, name);
    if (id == null) {
      return;
    }
    var model =
        new Model(
            id,
            SnapshotBuilder.tokens(fields.path("limit").path("context")),
            SnapshotBuilder.tokens(fields.path("limit").path("output")),
            null,
            name.contains("embed"));
    var draft = new Draft(id.toString());
    var _ = builder.take(model, draft, rows -> rows(fields, draft, builder.source(), rows));
  }

  private static void rows(JsonNode fields, Draft draft, String source, List<Price> rows) {
    var cost = fields.path("cost");
    var base = rates(cost, draft);
    if (base.input() == null && base.output() == null) {
      return;
    }
    rows.add(
        new Price(ServiceTier.STANDARD, base, above(cost, draft), LocalDate.EPOCH, null, source));
    for (var mode : fields.path("experimental").path("modes")) {
      var tier = mode.path("provider").path("body").path("service_tier").asString("");
      var rates = rates(mode.path("cost"), draft);
      if (tier.equals("priority") && rates.input() != null) {
        var above = new TreeMap<Long, Rates>();
        above(cost, draft).keySet().forEach(start -> above.put(start, Rates.UNKNOWN));
        above.putAll(above(mode.path("cost"), draft));
        rows.add(new Price(ServiceTier.PRIORITY, rates, above, LocalDate.EPOCH, null, source));
        return;
      }
    }
  }

  private static NavigableMap<Long, Rates> above(JsonNode cost, Draft draft) {
    var above = new TreeMap<Long, Rates>();
    // The list goes on to state its older field beside the tiers, with the rates of one of them.
    if (cost.path("tiers").isEmpty() && cost.path("context_over_200k").isObject()) {
      above.put(OVER_200K, rates(cost.path("context_over_200k"), draft));
    }
    for (var tier : cost.path("tiers")) {
      var start = SnapshotBuilder.tokens(tier.path("tier").path("size"));
      var type = tier.path("tier").path("type").asString("context");
      if (start == null || !type.equals("context")) {
        draft.refuse("it has a price tier by something else than the length of the input");
      } else {
        above.put(start, rates(tier, draft));
      }
    }
    return above;
  }

  private static Rates rates(JsonNode cost, Draft draft) {
    return draft.priced(
        new Rates(
            draft.rate(cost, "input", 0),
            draft.rate(cost, "cache_read", 0),
            draft.rate(cost, "cache_write", 0),
            null,
            draft.rate(cost, "output", 0),
            draft.rate(cost, "reasoning", 0),
            null));
  }

  private static boolean hasText(JsonNode modalities) {
    for (var modality : modalities) {
      if (modality.asString("").equals("text")) {
        return true;
      }
    }
    return false;
  }
}
