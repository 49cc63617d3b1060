package io.faregate.worksheet.plan;

import io.faregate.call.ModelId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a team plans to call in a month, and what else it thinks about.
///
/// @param day whose prices hold
/// @param actions started in a month by workflow, where that is known
/// @param tiers the ladder with the model for which each tier stands, cheapest first
public record Worksheet(
    LocalDate day,
    SequencedMap<String, Long> actions,
    List<Route> routes,
    Human human,
    SequencedMap<String, Scenario> scenarios,
    SequencedMap<String, ModelId> tiers) {
  public Worksheet {
    actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
    routes = List.copyOf(routes);
    scenarios = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(scenarios));
    tiers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tiers));
  }

  /// The worksheet as it would be in a scenario.
  ///
  /// @throws IllegalArgumentException if a share would pass 100%, or a number what can be counted
  public Worksheet in(Scenario scenario) {
    var changed = routes.stream().map(scenario::applied).toList();
    var then = scenario.day() == null ? day : scenario.day();
    return new Worksheet(then, actions, changed, human, scenarios, tiers);
  }

  /// Whether calls to it go to the dearest tier of the ladder.
  public boolean isPremium(Target target) {
    if (tiers.size() < 2) {
      return false;
    }
    var top = tiers.lastEntry();
    return target.tier() == null
        ? target.model().equals(top.getValue())
        : top.getKey().equals(target.tier());
  }
}
