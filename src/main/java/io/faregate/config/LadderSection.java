package io.faregate.config;

import io.faregate.call.ModelId;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.catalogue.ModelFacts;
import io.faregate.config.catalogue.PriceRows;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Nearest;
import io.faregate.config.yaml.Problems;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.policy.Model;
import io.faregate.policy.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `models` and `tiers`: what is known of the models of the configured providers, and the
/// ladder that they stand on.
final class LadderSection {
  private final Names names;
  private final Problems problems;
  private final Map<ModelId, Model> models = new HashMap<>();
  private final Map<String, List<Price>> prices = new HashMap<>();

  LadderSection(Names names, Problems problems) {
    this.names = names;
    this.problems = problems;
  }

  /// Facts of every model known, of the catalogue or the file.
  Map<ModelId, Model> models() {
    return models;
  }

  /// The prices of those models.
  PriceList prices(Catalogue catalogue) {
    return new PriceList(catalogue.prices().date(), prices);
  }

  /// Gives each provider the facts and prices of its vendor's models, and lays over them what the
  /// file says.
  void readModels(Mapping root, List<ProviderSettings> providers, Catalogue catalogue) {
    for (var provider : providers) {
      catalogue
          .vendor(provider.name(), provider.url().toString())
          .ifPresent(vendor -> addAll(provider.name(), vendor, catalogue));
    }
    var section = root.mapping("models");
    for (var entry : section.all().entrySet()) {
      var id = ModelFacts.id(entry.getKey(), section.key(entry.getKey()));
      if (id != null && isServed(id, section.key(entry.getKey()))) {
        readModel(id, entry.getValue().mapping());
      }
    }
  }

  /// The ladder, cheapest first. `served` are the providers that this version can call.
  List<Tier> readTiers(Mapping root, Set<String> served) {
    var section =
        root.require(
            "tiers", Item::mapping, "add tiers: { low: { models: [openai/gpt-5.4-nano] } }");
    if (section == null) {
      return List.of();
    }
    var tiers = new ArrayList<Tier>();
    for (var entry : section.named().entrySet()) {
      var file = entry.getValue().mapping();
      var ids =
          file.require("models", this::tierModels, "list its models, the preferred one first");
      file.end();
      if (ids != null && !ids.isEmpty()) {
        if (ids.stream().noneMatch(id -> served.contains(id.provider()))) {
          file.item()
              .warn(
                  "no model of the tier %s can be called in this version".formatted(entry.getKey()),
                  "add one of a provider with api: openai");
        }
        tiers.add(new Tier(entry.getKey(), tiers.size(), ids));
      }
    }
    if (section.item().isMapping() && section.all().isEmpty()) {
      section.item().errorAtKey("tiers names none", "add low: { models: [openai/gpt-5.4-nano] }");
    }
    return tiers;
  }

  private void addAll(String provider, String vendor, Catalogue catalogue) {
    catalogue
        .models()
        .forEach((known, model) -> {
          if (known.provider().equals(vendor)) {
            var id = new ModelId(provider, known.name());
            models.put(id, renamed(model, id));
            var rows = catalogue.prices().all().get(known.toString());
            if (rows != null) {
              prices.put(id.toString(), rows);
            }
          }
        });
  }

  private static Model renamed(Model model, ModelId id) {
    return new Model(
        id, model.windowTokens(), model.maxOutputTokens(), model.can(), model.embedding());
  }

  private void readModel(ModelId id, Mapping file) {
    var known = models.get(id);
    models.put(id, ModelFacts.read(file, known == null ? Model.named(id) : known));
    var rows = PriceRows.read(file, PriceRows.Validity.always(problems.file()));
    file.end();
    if (!rows.isEmpty()) {
      prices.merge(id.toString(), rows, PriceList::laidOver);
    }
  }

  private List<ModelId> tierModels(Item item) {
    var ids = new ArrayList<ModelId>();
    for (var element : item.list()) {
      var id = tierModel(element);
      if (id != null && ids.contains(id)) {
        element.error("%s names %s twice".formatted(item.path(), id), "name each model once");
      } else if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  private @Nullable ModelId tierModel(Item item) {
    var text = item.text();
    var id = text == null ? null : ModelFacts.id(text, item);
    if (id == null || !isServed(id, item)) {
      return null;
    }
    var model = models.get(id);
    if (model != null && model.embedding()) {
      item.error(
          id + " makes embeddings, which no tier serves", "remove it: such calls name their model");
      return null;
    }
    if (!prices.containsKey(id.toString())) {
      warnOfUnpriced(id, model, item);
    }
    return id;
  }

  private void warnOfUnpriced(ModelId id, @Nullable Model model, Item item) {
    var known =
        models.keySet().stream()
            .filter(other -> other.provider().equals(id.provider()))
            .map(ModelId::toString)
            .toList();
    var nearest = model == null ? Nearest.to(id.toString(), known) : Optional.<String>empty();
    item.warn(
        "no price of %s is known, so its calls are unpriced".formatted(id),
        nearest
            .map(other -> "nearest known model: \"" + other + "\"")
            .orElse("say what it costs under models: { %s: { price: ... } }".formatted(id)));
  }

  private boolean isServed(ModelId id, Item item) {
    if (names.providers().contains(id.provider())) {
      return true;
    }
    item.error(
        "unknown provider %s in the model %s"
            .formatted(Item.shown(id.provider()), Item.shown(id.toString())),
        names.providers().isEmpty()
            ? "add it under providers"
            : Nearest.fix(id.provider(), names.providers()));
    return false;
  }
}
