package io.faregate.config.prices;

import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads LiteLLM's list. The name of a field tells kind, context tier and service tier:
/// `input_cost_per_token_above_200k_tokens_priority`.
final class LiteLlmList {
  private static final Set<String> TEXT = Set.of("chat", "completion", "responses", "embedding");
  private static final int PER_TOKEN = 6;

  private static final Pattern FIELD =
      Pattern.compile(
          """
          (input_cost_per_token|output_cost_per_token|output_cost_per_reasoning_token\
          |cache_read_input_token_cost|cache_creation_input_token_cost_above_1hr\
          |cache_creation_input_token_cost|input_cost_per_request)\
          (?:_above_(\\d{1,6})k_tokens)?(?:_(batches|flex|priority))?\
          """);

  private LiteLlmList() {}

  static void read(JsonNode root, SnapshotBuilder builder) {
    for (var entry : root.properties()) {
      var fields = entry.getValue();
      if (entry.getKey().equals("sample_spec") || !fields.isObject()) {
        continue;
      }
      if (!TEXT.contains(fields.path("mode").asString("chat"))) {
        builder.skip();
        continue;
      }
      model(entry.getKey(), fields, builder);
    }
  }

  private static void model(String key, JsonNode fields, SnapshotBuilder builder) {
    var provider = fields.path("litellm_provider").asString("unknown");
    var prefix = provider.replaceFirst("-.*", "") + "/";
    var name = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    var id = builder.id(provider, name);
    if (id == null) {
      return;
    }
    var model =
        new Model(
            id,
            SnapshotBuilder.tokens(fields.path("max_input_tokens")),
            SnapshotBuilder.tokens(fields.path("max_output_tokens")),
            null,
            fields.path("mode").asString("").equals("embedding"));
    var draft = new Draft(id.toString());
    var _ = builder.take(model, draft, rows -> rows(fields, draft, builder.source(), rows));
  }

  private static void rows(JsonNode fields, Draft draft, String source, List<Price> rows) {
    var found = new EnumMap<ServiceTier, TreeMap<Long, Map<String, Rate>>>(ServiceTier.class);
    for (var field : fields.properties()) {
      var parts = FIELD.matcher(field.getKey());
      if (parts.matches()) {
        var rate = draft.rateOf(field.getValue(), field.getKey(), PER_TOKEN);
        var start = parts.group(2) == null ? 0 : Long.parseLong(parts.group(2)) * 1_000;
        if (rate != null) {
          found
              .computeIfAbsent(tier(parts.group(3)), _ -> new TreeMap<>())
              .computeIfAbsent(start, _ -> new HashMap<>())
              .put(parts.group(1), rate);
        }
      }
    }
    var standard = found.getOrDefault(ServiceTier.STANDARD, new TreeMap<>()).keySet();
    found.forEach((tier, starts) -> {
      var base = rates(starts.remove(0L), draft);
      if (base.input() != null || base.output() != null) {
        var above = new TreeMap<Long, Rates>();
        // A cliff that only the standard tier states leaves the others unpriced beyond it.
        standard.stream()
            .filter(start -> start > 0)
            .forEach(start -> above.put(start, Rates.UNKNOWN));
        starts.forEach((start, kinds) -> above.put(start, rates(kinds, draft)));
        rows.add(new Price(tier, base, above, LocalDate.EPOCH, null, source));
      }
    });
  }

  private static Rates rates(@Nullable Map<String, Rate> kinds, Draft draft) {
    if (kinds == null) {
      return Rates.UNKNOWN;
    }
    return draft.priced(
        new Rates(
            kinds.get("input_cost_per_token"),
            kinds.get("cache_read_input_token_cost"),
            kinds.get("cache_creation_input_token_cost"),
            kinds.get("cache_creation_input_token_cost_above_1hr"),
            kinds.get("output_cost_per_token"),
            kinds.get("output_cost_per_reasoning_token"),
            kinds.get("input_cost_per_request")));
  }

  private static ServiceTier tier(@Nullable String suffix) {
    return suffix == null
        ? ServiceTier.STANDARD
        : ServiceTier.of(suffix.equals("batches") ? "batch" : suffix).orElseThrow();
  }
}
