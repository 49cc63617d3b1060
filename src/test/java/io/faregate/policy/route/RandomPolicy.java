package io.faregate.policy.route;

import io.faregate.call.Api;
import io.faregate.call.Call;
import io.faregate.call.Caller;
import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.call.ModelId;
import io.faregate.call.Named;
import io.faregate.call.Protocol;
import io.faregate.call.Reason;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.money.PriceList;
import io.faregate.policy.ContextRules;
import io.faregate.policy.Limited;
import io.faregate.policy.Limits;
import io.faregate.policy.Model;
import io.faregate.policy.OnExcess;
import io.faregate.policy.Plan;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import io.faregate.policy.Snapshot;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import io.faregate.policy.TokenScale;
import io.faregate.policy.Workflow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Small policies and calls by chance, in which every part of the decision has something to do.
public final class RandomPolicy {
  private static final List<Capability> NEEDS = List.of(Capability.TOOLS, Capability.IMAGES);

  private static final Comparator<ModelId> BY_NAME = Comparator.comparing(ModelId::toString);

  /// What the book answers for a budget that is used up.
  static final Limited SPENT =
      new Limited(
          Reason.TOTAL_BUDGET,
          "daily_budget",
          "all",
          "nothing is left",
          null,
          Refusal.Kind.BUDGET_EXCEEDED);

  private final Random chance;

  /// Takes its chance from a seeded source.
  public RandomPolicy(Random chance) {
    this.chance = chance;
  }

  /// A policy of a few tiers, tasks, plans and workflows.
  public Policy policy() {
    return policy(2 + chance.nextInt(4), 1 + chance.nextInt(4));
  }

  /// A policy of so many tasks and workflows.
  public Policy policy(int tasks, int workflows) {
    var tiers = IntStream.range(0, 1 + chance.nextInt(4)).mapToObj(this::tier).toList();
    var names = tiers.stream().map(Tier::name).toList();
    var rows = named("task", tasks, name -> task(name, names));
    return new Policy(
        "random",
        ZoneOffset.UTC,
        tiers,
        rows,
        "task0",
        named("plan", 3, name -> plan(name, names)),
        "plan0",
        context(names),
        limits(names),
        named("flow", workflows, name -> workflow(name, rows)),
        List.of(),
        models(tiers),
        Map.of("p0", Api.OPENAI, "p1", Api.ANTHROPIC),
        Set.of(),
        new LinkedHashMap<>(Map.of("alias", "task/task1", "gpt-*", "p0/m0")),
        PriceList.EMPTY);
  }

  /// A call that names what the policy has, and at times what it lacks.
  public Call call(Policy policy) {
    var work =
        new Work(
            some("task"),
            some("flow"),
            some("step"),
            some("plan"),
            model(),
            null,
            chance.nextBoolean() ? null : "because",
            null,
            null,
            null);
    var models = chance.nextInt(4) == 0 ? policy.tiers().getFirst().models() : List.<ModelId>of();
    var caller = new Caller("key", null, null, true, null, chance.nextBoolean(), models);
    return new Call("call_1", Instant.EPOCH, caller, work, demand());
  }

  /// A moment at which some models fail and some tiers are limited, or none.
  public Snapshot snapshot(Policy policy) {
    var unhealthy = Set.copyOf(subset(policy.models().keySet().stream().sorted(BY_NAME).toList()));
    var healthy = new Snapshot(LocalDate.EPOCH, TokenScale.UNLEARNED);
    var snapshot =
        chance.nextBoolean()
            ? healthy
            : new Snapshot(healthy.day(), healthy.scale(), unhealthy, Map.of());
    for (var tier : subset(policy.tiers())) {
      snapshot = chance.nextBoolean() ? snapshot : snapshot.withLimited(tier.name(), SPENT);
    }
    return snapshot;
  }

  private Tier tier(int rank) {
    var models =
        IntStream.rangeClosed(0, chance.nextInt(3)).mapToObj(_ -> anyModel()).distinct().toList();
    return new Tier("tier" + rank, rank, models);
  }

  private ModelId anyModel() {
    return new ModelId("p" + chance.nextInt(3), "m" + chance.nextInt(6));
  }

  private Map<ModelId, Model> models(List<Tier> tiers) {
    var models = new HashMap<ModelId, Model>();
    for (var tier : tiers) {
      for (var id : tier.models()) {
        models.put(id, model(id));
      }
    }
    return models;
  }

  private Model model(ModelId id) {
    var can = chance.nextBoolean() ? null : subset(NEEDS);
    return new Model(id, limit(20_000), limit(4_000), can, chance.nextInt(20) == 0);
  }

  private Task task(String name, List<String> tiers) {
    var usual = Task.of(name, pick(tiers), any(tiers).toArray(String[]::new));
    return new Task(
        name,
        usual.tier(),
        usual.fallback(),
        usual.fallbackOn(),
        chance.nextInt(3),
        null,
        null,
        null,
        null,
        Task.OnExhausted.DELIVER,
        limit(2_000),
        Map.of(),
        Task.Latency.INTERACTIVE);
  }

  private Plan plan(String name, List<String> tiers) {
    var has = new TreeSet<>(subset(tiers));
    has.add(pick(tiers));
    return new Plan(name, has, limit(15_000), limit(3_000), anyExcess(), Set.copyOf(subset(tiers)));
  }

  private ContextRules context(List<String> tiers) {
    var longer = List.of(new ContextRules.Longer(chance.nextLong(9_000), pick(tiers)));
    Map<Segment, Long> segments =
        chance.nextBoolean() ? Map.of() : Map.of(Segment.HISTORY, chance.nextLong(5_000));
    return new ContextRules(chance.nextBoolean() ? List.of() : longer, segments, anyExcess());
  }

  private Workflow workflow(String name, Map<String, Task> tasks) {
    var steps = named("step", 3, _ -> pick(tasks.values().stream().toList()));
    return new Workflow(name, steps, Limits.Budgets.NONE, null, null);
  }

  private Demand demand() {
    var turns = chance.longs(chance.nextInt(6), 0, 8_000).boxed().toList();
    var bytes =
        new Segments(
            chance.nextLong(4_000),
            chance.nextLong(20_000),
            chance.nextLong(4_000),
            turns.stream().mapToLong(Long::longValue).sum(),
            0,
            0);
    return new Demand(
        chance.nextInt(4) == 0 ? Protocol.MESSAGES : Protocol.CHAT,
        bytes,
        turns,
        bytes.total(),
        limit(9_000),
        1,
        false,
        false,
        subset(NEEDS),
        null);
  }

  private @Nullable String model() {
    return switch (chance.nextInt(8)) {
      case 0 -> "auto";
      case 1 -> anyModel().toString();
      case 2 -> "m" + chance.nextInt(6);
      case 3 -> "alias";
      case 4 -> "gpt-9";
      default -> null;
    };
  }

  private @Nullable Named some(String kind) {
    return chance.nextInt(3) > 0 ? null : new Named(kind + chance.nextInt(4), Source.HEADER);
  }

  private @Nullable Long limit(long below) {
    return chance.nextInt(3) == 0 ? null : Long.valueOf(1 + chance.nextLong(below));
  }

  private OnExcess anyExcess() {
    return chance.nextBoolean() ? OnExcess.TRIM_HISTORY : OnExcess.REFUSE;
  }

  private <T> T pick(List<T> from) {
    return from.get(chance.nextInt(from.size()));
  }

  private <T> Set<T> subset(List<T> from) {
    return from.stream().filter(_ -> chance.nextInt(3) == 0).collect(Collectors.toSet());
  }

  private List<String> any(List<String> tiers) {
    return IntStream.range(0, chance.nextInt(4)).mapToObj(_ -> pick(tiers)).toList();
  }

  private static <T> Map<String, T> named(String kind, int count, Row<T> row) {
    var rows = new LinkedHashMap<String, T>();
    for (int i = 0; i < count; i++) {
      rows.put(kind + i, row.of(kind + i));
    }
    return rows;
  }

  private Limits limits(List<String> tiers) {
    var usual = Limits.DEFAULT;
    var spend = new HashMap<String, Long>();
    if (chance.nextInt(4) == 0) {
      spend.put(pick(tiers), 1L);
    }
    return new Limits(
        chance.nextInt(4),
        1 + chance.nextInt(5),
        usual.deadline(),
        usual.attemptTimeout(),
        usual.idle(),
        spend,
        Limits.Budgets.NONE,
        null,
        usual.premiumBurst(),
        chance.nextInt(4) == 0 ? Limits.WhenLimited.REFUSE : Limits.WhenLimited.DOWNGRADE);
  }

  private interface Row<T> {
    T of(String name);
  }
}
