package io.faregate.budget;

import io.faregate.call.Api;
import io.faregate.call.Caller;
import io.faregate.call.ModelId;
import io.faregate.money.PriceList;
import io.faregate.policy.ContextRules;
import io.faregate.policy.Key;
import io.faregate.policy.Limits;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.OnExcess;
import io.faregate.policy.Plan;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import io.faregate.policy.Workflow;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A policy in the making, of which only the limits matter. A later line replaces an earlier one of
/// the same name.
final class LimitedPolicy {
  private final List<String> ladder = new ArrayList<>();
  private final Map<String, Long> dailySpend = new HashMap<>();
  private final Map<String, Workflow> workflows = new TreeMap<>();
  private final Map<String, Budgets> keys = new LinkedHashMap<>();
  private Map<String, Task> tasks = Map.of("task", Task.of("task", "low"));
  private ZoneId zone = ZoneOffset.UTC;
  private Budgets total = Budgets.NONE;
  private @Nullable Long share;
  private int burst = Limits.DEFAULT.premiumBurst();

  void zone(ZoneId zone) {
    this.zone = zone;
  }

  void tier(String name, @Nullable Long dailyNanoUsd) {
    if (!ladder.contains(name)) {
      ladder.add(name);
    }
    dailySpend.remove(name);
    if (dailyNanoUsd != null) {
      dailySpend.put(name, dailyNanoUsd);
    }
  }

  void tasks(int count) {
    tasks = new HashMap<>();
    IntStream.range(0, count)
        .mapToObj(i -> Task.of("task" + i, ladder.getFirst()))
        .forEach(task -> tasks.put(task.name(), task));
  }

  void total(Budgets budgets) {
    total = budgets;
  }

  void share(@Nullable Long millionths, int burst) {
    this.share = millionths;
    this.burst = burst;
  }

  void key(String name, Budgets budgets) {
    keys.put(name, budgets);
  }

  void workflow(String name, Budgets budgets) {
    workflow(new Workflow(name, Map.of(), budgets, null, null));
  }

  void workflow(Workflow workflow) {
    workflows.put(workflow.name(), workflow);
  }

  void without(String name) {
    workflows.remove(name);
    keys.remove(name);
    ladder.remove(name);
    dailySpend.remove(name);
  }

  Policy policy() {
    return new Policy(
        "limited",
        zone,
        IntStream.range(0, ladder.size()).mapToObj(this::tier).toList(),
        tasks,
        "task",
        Map.of("plan", new Plan("plan", Set.copyOf(ladder), null, null, OnExcess.REFUSE, Set.of())),
        "plan",
        ContextRules.NONE,
        limits(),
        workflows,
        keys.entrySet().stream().map(key -> toKey(key.getKey(), key.getValue())).toList(),
        Map.of(),
        Map.of("p", Api.OPENAI),
        Set.of(),
        new LinkedHashMap<>(),
        PriceList.EMPTY);
  }

  private Tier tier(int rank) {
    var name = ladder.get(rank);
    return new Tier(name, rank, List.of(new ModelId("p", name)));
  }

  private Limits limits() {
    var usual = Limits.DEFAULT;
    return new Limits(
        usual.fallbacksPerCall(),
        usual.attemptsPerCall(),
        usual.deadline(),
        usual.attemptTimeout(),
        usual.idle(),
        dailySpend,
        total,
        share,
        burst,
        usual.whenLimited());
  }

  private static Key toKey(String name, Budgets budgets) {
    var caller = new Caller(name, null, null, true, null, false, List.of());
    return new Key(caller, List.of("00"), null, null, null, budgets);
  }
}
