package io.faregate.policy.route;

import static java.util.stream.Collectors.toMap;

import io.faregate.Words;
import io.faregate.call.Api;
import io.faregate.call.Caller;
import io.faregate.call.Capability;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Segment;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.policy.ContextRules;
import io.faregate.policy.Key;
import io.faregate.policy.Limits;
import io.faregate.policy.Model;
import io.faregate.policy.OnExcess;
import io.faregate.policy.Plan;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import io.faregate.policy.Workflow;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A policy in the lines of a golden file, of which a later line replaces an earlier one of the
/// same name:
///
/// ```
/// tier     low p/small,p/mini
/// model    p/small window=1000 max=100 can=tools,images
/// task     faq low fallback=mid,top retries=0
/// plan     free tiers=low,mid input=500 trim justify=top
/// workflow help answer=faq plan=faq:top
/// limits   fallbacks=2 refuse spend=mid:50 daily=100 monthly=1000
/// budget   workflow:help daily=10
/// share    help 100000
/// price    p/small input=200 read=20
/// api      p anthropic
/// ```
final class PolicyText {
  private final List<Tier> tiers = new ArrayList<>();
  private final Map<String, Task> tasks = new HashMap<>();
  private final Map<String, Plan> plans = new HashMap<>();
  private final Map<String, Workflow> workflows = new HashMap<>();
  private final Map<String, Caller> keys = new HashMap<>(Map.of("none", Caller.IMPLICIT));
  private final Map<ModelId, Model> models = new HashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, Api> served = new TreeMap<>();
  private ContextRules context = ContextRules.NONE;
  private final Map<String, Limits.Budgets> budgets = new HashMap<>();
  private final Map<String, Long> shares = new HashMap<>();
  private final Map<String, List<Price>> prices = new HashMap<>();
  private Limits limits = Limits.DEFAULT;

  /// Takes a line of a policy; tells whether it was one.
  boolean takes(Words words) {
    var name = words.rest().isEmpty() ? "" : words.rest().getFirst();
    switch (words.kind()) {
      case "tier" -> tier(name, words.rest().get(1));
      case "model" -> models.put(ModelId.parse(name), model(ModelId.parse(name), words));
      case "unserved" -> served.remove(name);
      case "api" -> served.put(name, Api.valueOf(words.rest().get(1).toUpperCase(Locale.ROOT)));
      case "task" -> tasks.put(name, task(name, words));
      case "plan" -> plans.put(name, plan(name, words));
      case "workflow" -> workflows.put(name, workflow(name, words));
      case "key" -> keys.put(name, key(name, words));
      case "alias" -> aliases.put(name, words.rest().get(1));
      case "context" -> context = context(words);
      case "limits" -> limits = limits(words);
      case "budget" -> budgets.put(name, budgets(words));
      case "share" -> shares.put(name, Long.valueOf(words.rest().get(1)));
      case "price" -> prices.put(name, List.of(price(words)));
      default -> {
        return false;
      }
    }
    return true;
  }

  /// The policy of the lines so far, in which task and plan `default` are the defaults.
  Policy policy() {
    return new Policy(
        "golden",
        ZoneOffset.UTC,
        tiers,
        tasks,
        "default",
        plans,
        "default",
        context,
        limits,
        workflows.values().stream().map(this::limited).collect(toMap(Workflow::name, flow -> flow)),
        keys.values().stream().map(this::key).toList(),
        models,
        served,
        Set.of(),
        new LinkedHashMap<>(aliases),
        new PriceList(LocalDate.EPOCH, prices));
  }

  private Workflow limited(Workflow flow) {
    var name = flow.name();
    return new Workflow(
        name, flow.steps(), budgets("workflow:" + name), shares.get(name), flow.premiumBurst());
  }

  private Key key(Caller caller) {
    return new Key(caller, List.of(), null, null, null, budgets("key:" + caller.key()));
  }

  private Limits.Budgets budgets(String scope) {
    return budgets.getOrDefault(scope, Limits.Budgets.NONE);
  }

  /// The spend of a day is written `spend=low:50,top:10`; amounts are nano-dollars.
  private static Limits limits(Words words) {
    var usual = Limits.DEFAULT;
    return new Limits(
        (int) words.number("fallbacks", usual.fallbacksPerCall()),
        usual.attemptsPerCall(),
        usual.deadline(),
        usual.attemptTimeout(),
        usual.idle(),
        words.list("spend").stream()
            .map(limit -> List.of(limit.split(":")))
            .collect(toMap(List::getFirst, limit -> Long.valueOf(limit.getLast()))),
        budgets(words),
        words.number("share"),
        usual.premiumBurst(),
        words.has("refuse") ? Limits.WhenLimited.REFUSE : Limits.WhenLimited.DOWNGRADE);
  }

  private static Limits.Budgets budgets(Words words) {
    return new Limits.Budgets(words.number("daily"), words.number("monthly"));
  }

  /// A price in cents per million tokens, a dollar unless it says otherwise; without one for the
  /// output if it says `input-only`.
  private static Price price(Words words) {
    var output = words.has("input-only") ? null : cents(words.number("output", 100));
    var read = words.number("read");
    var rates =
        new Rates(
            cents(words.number("input", 100)),
            read == null ? null : cents(read),
            null,
            null,
            output,
            null,
            null);
    var none = new TreeMap<Long, Rates>();
    return new Price(ServiceTier.STANDARD, rates, none, LocalDate.EPOCH, null, "golden");
  }

  private static Rate cents(long cents) {
    return new Rate(cents * 10_000_000);
  }

  /// The caller that has a key.
  Caller caller(String key) {
    return Optional.ofNullable(keys.get(key)).orElseThrow();
  }

  private void tier(String name, String ids) {
    var parsed = List.of(ids.split(",")).stream().map(ModelId::parse).toList();
    parsed.forEach(id -> served.putIfAbsent(id.provider(), Api.OPENAI));
    tiers.add(new Tier(name, tiers.size(), parsed));
  }

  private static Model model(ModelId id, Words words) {
    var can = words.text("can") == null ? null : set(words.list("can"), Capability::of);
    return new Model(id, words.number("window"), words.number("max"), can, words.has("embedding"));
  }

  private static Task task(String name, Words words) {
    var defaults =
        Task.of(name, words.rest().get(1), words.list("fallback").toArray(String[]::new));
    var on = words.text("on") == null ? defaults.fallbackOn() : set(words.list("on"), Reason::of);
    return new Task(
        name,
        defaults.tier(),
        defaults.fallback(),
        on,
        (int) words.number("retries", Task.DEFAULT_RETRIES),
        words.text("because"),
        words.has("validated") ? new Task.Validation(true, false, null, null, null) : null,
        words.has("confident") ? new Task.Confidence(List.of(), 500_000L, null) : null,
        words.has("checked") ? new Task.Check("low", "safe?", Task.OnFail.FALLBACK) : null,
        defaults.onExhausted(),
        words.number("output"),
        segments(words),
        words.has("batch") ? Task.Latency.BATCH : defaults.latency());
  }

  private static Plan plan(String name, Words words) {
    return new Plan(
        name,
        Set.copyOf(words.list("tiers")),
        words.number("input"),
        words.number("output"),
        onExcess(words),
        Set.copyOf(words.list("justify")));
  }

  /// A step is written `name=task` or `name=task:tier`, with a tier of its own.
  private Workflow workflow(String name, Words words) {
    var steps = new HashMap<String, Task>();
    words.pairs().forEach((step, row) -> steps.put(step, step(row)));
    return new Workflow(name, steps, Limits.Budgets.NONE, null, null);
  }

  private Task step(String text) {
    var parts = List.of(text.split(":"));
    var task = Optional.ofNullable(tasks.get(parts.getFirst())).orElseThrow();
    return parts.size() == 1
        ? task
        : Task.of(task.name(), parts.get(1), task.fallback().toArray(String[]::new));
  }

  private static Caller key(String name, Words words) {
    return new Caller(
        name,
        words.text("workflow"),
        words.text("plan"),
        words.has("plan-from-request"),
        words.text("task"),
        words.has("pin"),
        words.list("models").stream().map(ModelId::parse).toList());
  }

  /// Rules are written `long=100:mid,200:top history=50 trim`.
  private static ContextRules context(Words words) {
    var longer =
        words.list("long").stream()
            .map(rule -> List.of(rule.split(":")))
            .map(rule -> new ContextRules.Longer(Long.parseLong(rule.getFirst()), rule.getLast()))
            .toList();
    return new ContextRules(longer, segments(words), onExcess(words));
  }

  private static OnExcess onExcess(Words words) {
    return words.has("trim") ? OnExcess.TRIM_HISTORY : OnExcess.REFUSE;
  }

  private static Map<Segment, Long> segments(Words words) {
    var limits = new HashMap<Segment, Long>();
    for (var segment : Segment.values()) {
      var limit = words.number(segment.word());
      if (limit != null) {
        limits.put(segment, limit);
      }
    }
    return limits;
  }

  /// Finds a value of a closed list by its word.
  interface Named<T> {
    Optional<T> of(String word);
  }

  static <T> Set<T> set(List<String> words, Named<T> named) {
    return words.stream().map(word -> named.of(word).orElseThrow()).collect(Collectors.toSet());
  }
}
