package io.faregate.policy.lint;

import io.faregate.call.ModelId;
import io.faregate.call.Segment;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Plan;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import io.faregate.policy.lint.Finding.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at the models of the ladder: windows and prices.
final class ModelLint {
  private final Policy policy;

  private final LocalDate today;
  private final List<Finding> found = new ArrayList<>();

  ModelLint(Policy policy, LocalDate today) {
    this.policy = policy;
    this.today = today;
  }

  List<Finding> findings() {
    for (var tier : policy.tiers()) {
      for (int i = 0; i < tier.models().size(); i++) {
        var path = "tiers.%s.models[%d]".formatted(tier.name(), i);
        window(path, tier, tier.models().get(i));
        price(path, tier, tier.models().get(i));
      }
    }
    new TreeMap<>(policy.plans()).values().forEach(this::plan);
    prices();
    return found;
  }

  /// A model that cannot hold what tasks on its tier may send.
  private void window(String path, Tier tier, ModelId id) {
    var model = policy.model(id);
    var window = model.windowTokens();
    var names = new TreeSet<String>();
    long most = 0;
    for (var row : Row.all(policy)) {
      var input = input(row.task());
      if (input > 0 && uses(row.task(), tier) && !model.holds(input, row.task().outputTokens())) {
        names.add(row.task().name());
        most = Math.max(most, input);
      }
    }
    if (window != null && !names.isEmpty()) {
      found.add(
          new Finding(
              Kind.SMALL_WINDOW,
              path,
              """
              %s has a window of %d tokens, too small for the %d of input that segments allow to \
              %s, with their output: such calls pass it over for another, mostly dearer model\
              """
                  .formatted(id, window, most, String.join(", ", names)),
              "lower context.segments or the task's segments, or use a model with a larger one"));
    }
  }

  private static boolean uses(Task row, Tier tier) {
    return row.tier().equals(tier.name()) || row.fallback().contains(tier.name());
  }

  /// The input that the limits of segments add up to; a segment without one counts as nothing.
  private long input(Task row) {
    var limits = new EnumMap<Segment, Long>(Segment.class);
    limits.putAll(policy.context().segments());
    limits.putAll(row.segments());
    return limits.values().stream().mapToLong(Long::longValue).sum();
  }

  private void plan(Plan plan) {
    var input = plan.inputTokens();
    if (input == null) {
      return;
    }
    var fits =
        policy.tiers().stream()
            .filter(tier -> plan.tiers().contains(tier.name()))
            .flatMap(tier -> tier.models().stream())
            .anyMatch(id -> policy.model(id).holds(input, plan.outputTokens()));
    if (!fits) {
      found.add(
          new Finding(
              Kind.SMALL_WINDOW,
              "plans." + plan.name() + ".input_tokens",
              """
              the plan %s allows %d tokens of input, and no model of its tiers holds them with \
              their output: callers are sold what is then refused\
              """
                  .formatted(plan.name(), input),
              "lower input_tokens, or add a tier with a larger window"));
    }
  }

  private void price(String path, Tier tier, ModelId id) {
    if (policy.price(id, today).isPresent()) {
      return;
    }
    var limit = limit(tier);
    if (limit != null) {
      found.add(
          new Finding(
              Kind.UNPRICED_UNDER_LIMIT,
              path,
              """
              %s has no price on %s, and %s is a hard limit: what has no price cannot be held \
              under it, so the model is passed over for the next one, at its price\
              """
                  .formatted(id, today, limit),
              "say what it costs under models, or remove it"));
    }
  }

  /// A limit in money that calls of the tier are under, or null.
  private @Nullable String limit(Tier tier) {
    var limits = policy.limits();
    if (limits.dailySpendNanoUsd().containsKey(tier.name())) {
      return "limits.daily_spend." + tier.name();
    }
    if (!limits.budgets().equals(Budgets.NONE)) {
      return limits.budgets().dailyNanoUsd() == null
          ? "limits.monthly_budget"
          : "limits.daily_budget";
    }
    var workflows =
        new TreeMap<>(policy.workflows())
            .values().stream()
                .filter(workflow -> !workflow.budgets().equals(Budgets.NONE))
                .map(workflow -> "the budget of workflow " + workflow.name());
    var keys =
        policy.keys().stream()
            .filter(key -> !key.budgets().equals(Budgets.NONE))
            .map(key -> "the budget of key " + key.name());
    return Stream.concat(workflows, keys).findFirst().orElse(null);
  }

  private void prices() {
    var checked = policy.prices().date();
    var days = policy.prices().age(today);
    // What the file itself says holds since ever, and nobody else has to check it.
    var listed =
        policy.tiers().stream()
            .flatMap(tier -> tier.models().stream())
            .flatMap(id -> policy.price(id, today).stream())
            .anyMatch(price -> !price.from().equals(LocalDate.EPOCH));
    if (policy.prices().isOld(today) && listed) {
      found.add(
          new Finding(
              Kind.OLD_PRICES,
              "prices",
              """
              the prices were last checked on %s, %d days ago: since then costs, limits and \
              reports may rest on prices that nobody is billed by\
              """
                  .formatted(checked, days),
              "update Faregate, or lay newer lists over them: `faregate prices import`"));
    }
  }
}
