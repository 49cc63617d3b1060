package io.faregate.config;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.policy.ContextRules;
import io.faregate.policy.OnExcess;
import io.faregate.policy.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `plans`, `default_plan` and `context`: what a subscription may use, and what the size of a
/// call changes.
final class PlansSection {
  private final Names names;

  PlansSection(Names names) {
    this.names = names;
  }

  /// The plans; where callers without a plan are given none, one more that has every tier.
  Map<String, Plan> read(Mapping file) {
    var plans = new LinkedHashMap<String, Plan>();
    var section = file.mapping("plans");
    section.named().forEach((name, item) -> plans.put(name, plan(name, item.mapping())));
    if (plans.containsKey(KeysSection.FROM_REQUEST)) {
      section
          .key(KeysSection.FROM_REQUEST)
          .error("no plan can be called from_request", "keys use it for the plan a call names");
    }
    if (!file.has("default_plan") && !plans.containsKey(Names.DEFAULT)) {
      if (file.has("plans") && !names.plans().isEmpty()) {
        section
            .item()
            .warn(
                "without default_plan a caller that has no plan may use every tier",
                "add default_plan: with one of " + String.join(", ", names.plans()));
      }
      if (!names.tiers().isEmpty()) {
        plans.put(Names.DEFAULT, everything());
      }
    }
    return plans;
  }

  /// The plan of a caller that has none.
  String defaultPlan(Mapping file) {
    return file.read("default_plan", item -> item.oneOf("plan", names.plans()), Names.DEFAULT);
  }

  ContextRules context(Mapping file) {
    var context = file.mapping("context");
    var longer = new ArrayList<ContextRules.Longer>();
    for (var rule : Objects.requireNonNullElse(context.read("long", Item::list), List.<Item>of())) {
      var mapping = rule.mapping();
      var over = mapping.require("over", Item::tokens, "say over how many input tokens");
      var tier = mapping.require("tier", this::tier, "name the tier that such calls go to");
      mapping.end();
      if (over != null && tier != null) {
        longer.add(new ContextRules.Longer(over, tier));
      }
    }
    var segments = context.mapping("segments");
    var limits = TasksSection.segments(segments);
    var onExcess = segments.read("on_excess", item -> item.word(OnExcess.class), OnExcess.REFUSE);
    segments.end();
    context.end();
    return new ContextRules(longer, limits, onExcess);
  }

  private Plan plan(String name, Mapping file) {
    var tiers = file.require("tiers", this::tiers, "list the tiers that the plan may use");
    var justify = file.read("justify", item -> justified(item, tiers), Set.<String>of());
    var plan =
        new Plan(
            name,
            tiers == null || tiers.isEmpty() ? Set.of("") : tiers,
            file.read("input_tokens", Item::tokens),
            file.read("output_tokens", Item::tokens),
            file.read("on_excess", item -> item.word(OnExcess.class), OnExcess.REFUSE),
            justify);
    file.end();
    return plan;
  }

  private Set<String> justified(Item item, @Nullable Set<String> tiers) {
    var justified = tiers(item);
    for (var tier : justified) {
      if (tiers != null && !tiers.contains(tier)) {
        item.error(
            "%s names %s, which the plan does not have".formatted(item.path(), tier),
            "add it to tiers, or take it out here");
      }
    }
    return justified;
  }

  private Plan everything() {
    return new Plan(
        Names.DEFAULT, Set.copyOf(names.tiers()), null, null, OnExcess.REFUSE, Set.of());
  }

  private Set<String> tiers(Item item) {
    var tiers = new LinkedHashSet<String>();
    for (var entry : item.list()) {
      var tier = tier(entry);
      if (tier != null && !tiers.add(tier)) {
        entry.error(item.path() + " names " + tier + " twice", "name each tier once");
      }
    }
    return tiers;
  }

  private @Nullable String tier(Item item) {
    return item.oneOf("tier", names.tiers());
  }
}
