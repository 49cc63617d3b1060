package io.faregate.config.worksheet;

import io.faregate.call.ModelId;
import io.faregate.config.catalogue.ModelFacts;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Nearest;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.plan.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads where calls go: the name of a tier, which stands for its first model, or a model. A tier
/// that does not exist or has no price is an error; a model without a price is noted, and leaves
/// what goes there unpriced.
final class Targets {
  /// In place of a tier: there is none.
  static final String NONE = "none";

  private final SequencedMap<String, List<ModelId>> tiers;
  private final Prices prices;

  private Targets(SequencedMap<String, List<ModelId>> tiers, Prices prices) {
    this.tiers = tiers;
    this.prices = prices;
  }

  /// Of the tiers in the worksheet or, where it has none, in the policy.
  static Targets read(Mapping file, Ground ground, Prices prices) {
    var own = new LinkedHashMap<String, List<ModelId>>();
    file.mapping("tiers")
        .named()
        .forEach((name, item) -> {
          var models = new ArrayList<ModelId>();
          for (var model : item.listOrOne()) {
            var id = model(model);
            if (id != null) {
              models.add(id);
            }
          }
          own.put(name, models);
        });
    return new Targets(own.isEmpty() ? ground.tiers() : own, prices);
  }

  /// The same tiers with other prices.
  Targets at(Prices other) {
    return new Targets(tiers, other);
  }

  /// Each tier with the model for which it stands, cheapest first.
  SequencedMap<String, ModelId> ladder() {
    var ladder = new LinkedHashMap<String, ModelId>();
    tiers.forEach((name, models) -> {
      if (!models.isEmpty()) {
        ladder.put(name, models.getFirst());
      }
    });
    return Collections.unmodifiableSequencedMap(ladder);
  }

  /// The tier or model that is named.
  @Nullable Target read(Item item) {
    var text = item.text();
    if (text == null) {
      return null;
    }
    if (text.indexOf('/') >= 0) {
      var id = ModelFacts.id(text, item);
      return id == null ? null : known(item, new Target(null, id));
    }
    if (tiers.isEmpty()) {
      item.error(
          "unknown tier %s in %s".formatted(Item.shown(text), item.path()),
          "name a model, or add tiers: { %s: openai/gpt-5.4-nano }, or --config of a policy"
              .formatted(text));
      return null;
    }
    var name = item.oneOf("tier", tiers.keySet());
    var models = name == null ? List.<ModelId>of() : tiers.getOrDefault(name, List.of());
    return models.isEmpty() ? null : priced(item, name, models);
  }

  private Target priced(Item item, @Nullable String name, List<ModelId> models) {
    var target = new Target(name, models.getFirst());
    if (models.stream().noneMatch(prices::isPriced)) {
      item.error(
          "no model of the tier %s has a price on %s".formatted(name, prices.day()),
          "it has %s; give it a price in models, or choose another day in prices"
              .formatted(String.join(", ", models.stream().map(ModelId::toString).toList())));
      return target;
    }
    return known(item, target);
  }

  private Target known(Item item, Target target) {
    if (!prices.isPriced(target.model())) {
      var nearest =
          prices.models().containsKey(target.model())
              ? ""
              : Nearest.to(target.model().toString(), prices.list().all().keySet())
                  .map(near -> "; nearest: \"" + near + "\"")
                  .orElse("");
      item.report(
          Severity.WARNING,
          "%s has no price on %s, so what goes there is unpriced"
              .formatted(target.model(), prices.day()),
          "give it a price in models of the policy, or choose another day" + nearest);
    }
    return target;
  }

  private static @Nullable ModelId model(Item item) {
    var text = item.text();
    return text == null ? null : ModelFacts.id(text, item);
  }
}
