package io.faregate.config.prices;

import io.faregate.money.Price;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Reads OpenRouter's list of models. Its prices are those of OpenRouter as a channel, so its
/// models are `openrouter/VENDOR/MODEL`.
final class OpenRouterList {
  private static final int EACH = 6;

  private OpenRouterList() {}

  static void read(JsonNode root, SnapshotBuilder builder) {
    for (var fields : root.path("data")) {
      var id = builder.id("openrouter", fields.path("id").asString(""));
      if (id == null) {
        continue;
      }
      var model =
          new Model(
              id,
              SnapshotBuilder.tokens(fields.path("context_length")),
              SnapshotBuilder.tokens(fields.path("top_provider").path("max_completion_tokens")),
              null,
              false);
      var draft = new Draft(id.toString());
      var _ =
          builder.take(
              model,
              draft,
              rows -> {
                var rates = rates(fields.path("pricing"), draft);
                if (rates.input() != null || rates.output() != null) {
                  rows.add(
                      new Price(
                          ServiceTier.STANDARD,
                          rates,
                          new TreeMap<>(),
                          LocalDate.EPOCH,
                          null,
                          builder.source()));
                }
              });
    }
  }

  private static Rates rates(JsonNode pricing, Draft draft) {
    return draft.priced(
        new Rates(
            draft.rate(pricing, "prompt", EACH),
            draft.rate(pricing, "input_cache_read", EACH),
            draft.rate(pricing, "input_cache_write", EACH),
            null,
            draft.rate(pricing, "completion", EACH),
            draft.rate(pricing, "internal_reasoning", EACH),
            draft.rate(pricing, "request", EACH)));
  }
}
