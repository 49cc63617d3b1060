package io.faregate.policy;

import io.faregate.call.Api;
import io.faregate.call.ModelId;
import io.faregate.call.Protocol;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.money.ServiceTier;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The whole routing policy with its prices: one immutable value, which a call keeps from beginning
/// to end.
///
/// @param version a short hash of the file, so that rows tell which policy decided
/// @param tiers the ladder, cheapest first
/// @param models facts of every known model, configured or of the catalogue
/// @param served the providers that this gateway can speak to, with what they speak
/// @param asSeen the providers whose attempts, if they are cut off, count only as far as seen
/// @param aliases model names of clients (a trailing `*` matches any end) to the names they stand
///   for, in order
public record Policy(
    String version,
    ZoneId zone,
    List<Tier> tiers,
    Map<String, Task> tasks,
    String defaultTask,
    Map<String, Plan> plans,
    String defaultPlan,
    ContextRules context,
    Limits limits,
    Map<String, Workflow> workflows,
    List<Key> keys,
    Map<ModelId, Model> models,
    Map<String, Api> served,
    Set<String> asSeen,
    SequencedMap<String, String> aliases,
    PriceList prices) {
  public Policy {
    tiers = List.copyOf(tiers);
    tasks = Map.copyOf(tasks);
    plans = Map.copyOf(plans);
    workflows = Map.copyOf(workflows);
    keys = List.copyOf(keys);
    models = Map.copyOf(models);
    served = Map.copyOf(served);
    asSeen = Set.copyOf(asSeen);
  }

  /// The tier of that name.
  ///
  /// @throws IllegalArgumentException if there is none, which the reader of the file excludes
  public Tier tier(String name) {
    for (var tier : tiers) {
      if (tier.name().equals(name)) {
        return tier;
      }
    }
    throw new IllegalArgumentException("no tier " + name);
  }

  /// The lowest tier that holds the model; empty for a model outside the ladder.
  public Optional<Tier> tierOf(ModelId model) {
    return tiers.stream().filter(tier -> tier.models().contains(model)).findFirst();
  }

  /// The models of all tiers, up the ladder, each once.
  public List<ModelId> ladder() {
    return tiers.stream().flatMap(tier -> tier.models().stream()).distinct().toList();
  }

  /// The dearest tier.
  public Tier top() {
    return tiers.getLast();
  }

  /// What is known of a model; only its name if nobody said more.
  public Model model(ModelId id) {
    var model = models.get(id);
    return model == null ? Model.named(id) : model;
  }

  /// Whether a call of that protocol can be carried to the provider.
  public boolean carries(Protocol protocol, String provider) {
    var api = served.get(provider);
    return api != null && api.carries(protocol);
  }

  /// The standard price row in force on that UTC day.
  public Optional<Price> price(ModelId id, LocalDate day) {
    return prices.price(id.toString(), ServiceTier.STANDARD, day);
  }
}
