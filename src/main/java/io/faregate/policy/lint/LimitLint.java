package io.faregate.policy.lint;

import io.faregate.money.Money;
import io.faregate.policy.Key;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import io.faregate.policy.Workflow;
import io.faregate.policy.lint.Finding.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares limits with each other, and with what is set aside for a usual call.
final class LimitLint {
  /// Calls that a limit should have room for: fewer, and those that run at once refuse each other.
  private static final int ENOUGH_CALLS = 20;

  private final Policy policy;
  private final LocalDate today;
  private final List<Finding> found = new ArrayList<>();

  LimitLint(Policy policy, LocalDate today) {
    this.policy = policy;
    this.today = today;
  }

  List<Finding> findings() {
    var all = policy.limits().budgets();
    var most = mostOfAnyPlan();
    var usual = usual();
    for (var tier : policy.tiers()) {
      var limit = policy.limits().dailySpendNanoUsd().get(tier.name());
      var path = "limits.daily_spend." + tier.name();
      var rows = startingOn(tier);
      small(path, limit, rows.isEmpty() ? Hold.of(tier, policy, today, most) : hold(rows, most));
      above(path, limit, "limits.daily_budget", all.dailyNanoUsd());
      above(path, limit, "limits.monthly_budget", all.monthlyNanoUsd());
    }
    small("limits", all, hold(usual, most));
    for (var workflow : new TreeMap<>(policy.workflows()).values()) {
      var path = "workflows." + workflow.name();
      small(path, workflow.budgets(), hold(rows(workflow, usual), most));
      above(path, workflow.budgets());
    }
    for (int i = 0; i < policy.keys().size(); i++) {
      key("keys[" + i + "]", policy.keys().get(i), usual);
    }
    return found;
  }

  /// The rows of calls that say nothing of themselves.
  private List<Task> usual() {
    var task = policy.tasks().get(policy.defaultTask());
    return task == null ? List.of() : List.of(task);
  }

  private static Collection<Task> rows(@Nullable Workflow workflow, List<Task> usual) {
    return workflow == null || workflow.steps().isEmpty() ? usual : workflow.steps().values();
  }

  private List<Task> startingOn(Tier tier) {
    var steps =
        policy.workflows().values().stream().flatMap(each -> each.steps().values().stream());
    return Stream.concat(policy.tasks().values().stream(), steps)
        .filter(row -> row.tier().equals(tier.name()))
        .toList();
  }

  private void key(String path, Key key, List<Task> usual) {
    var caller = key.caller();
    var workflow = policy.workflows().get(Objects.requireNonNullElse(caller.workflow(), ""));
    var plan = policy.plans().get(Objects.requireNonNullElse(caller.plan(), policy.defaultPlan()));
    var most =
        plan == null || caller.planFromRequest() ? mostOfAnyPlan() : most(plan.outputTokens());
    small(path, key.budgets(), hold(rows(workflow, usual), most));
    above(path, key.budgets());
  }

  /// The output of a call under the plan that allows the longest ones.
  private long mostOfAnyPlan() {
    return policy.plans().values().stream()
        .mapToLong(plan -> most(plan.outputTokens()))
        .max()
        .orElse(Long.MAX_VALUE);
  }

  private static long most(@Nullable Long limit) {
    return limit == null ? Long.MAX_VALUE : limit;
  }

  /// The dearest hold of a usual call of those rows, on the tiers that they start on.
  ///
  /// @param most tokens of output that a plan allows
  private @Nullable Hold hold(Collection<Task> rows, long most) {
    return rows.stream()
        .flatMap(row ->
            Stream.ofNullable(
                Hold.of(
                    policy.tier(row.tier()),
                    policy,
                    today,
                    Math.min(most, most(row.outputTokens())))))
        .max(Comparator.comparingLong(Hold::nanoUsd))
        .orElse(null);
  }

  /// Budgets that have room for few usual calls.
  private void small(String path, Budgets budgets, @Nullable Hold hold) {
    small(path + ".daily_budget", budgets.dailyNanoUsd(), hold);
    small(path + ".monthly_budget", budgets.monthlyNanoUsd(), hold);
  }

  private void small(String path, @Nullable Long limit, @Nullable Hold hold) {
    if (limit == null || hold == null || limit >= ENOUGH_CALLS * hold.nanoUsd()) {
      return;
    }
    var calls = limit / hold.nanoUsd();
    found.add(
        new Finding(
            calls == 0 ? Kind.CONTRADICTING_LIMITS : Kind.SMALL_LIMIT,
            path,
            calls == 0
                ? """
                %s is %s, and one usual call of %s sets %s aside: none is ever let through, or \
                each goes to another tier at its price\
                """
                    .formatted(path, usd(limit), hold.model(), usd(hold.nanoUsd()))
                : """
                %s is %s, room for %d usual calls of %s at once, at %s each: calls are refused or \
                moved to another tier long before the money is spent\
                """
                    .formatted(path, usd(limit), calls, hold.model(), usd(hold.nanoUsd())),
            "set at least " + usd(ENOUGH_CALLS * hold.nanoUsd()) + ", or cap output_tokens"));
  }

  /// Budgets that a smaller one for all traffic makes meaningless.
  private void above(String path, Budgets budgets) {
    var all = policy.limits().budgets();
    above(
        path + ".daily_budget", budgets.dailyNanoUsd(), "limits.daily_budget", all.dailyNanoUsd());
    above(
        path + ".daily_budget",
        budgets.dailyNanoUsd(),
        "limits.monthly_budget",
        all.monthlyNanoUsd());
    above(
        path + ".monthly_budget",
        budgets.monthlyNanoUsd(),
        "limits.monthly_budget",
        all.monthlyNanoUsd());
  }

  private void above(String path, @Nullable Long limit, String other, @Nullable Long most) {
    if (limit != null && most != null && limit > most) {
      found.add(
          new Finding(
              Kind.CONTRADICTING_LIMITS,
              path,
              """
              %s is %s, above %s of %s: it never takes effect, and may use up what everything \
              else was to live on\
              """
                  .formatted(path, usd(limit), other, usd(most)),
              "lower it, or raise " + other));
    }
  }

  /// Cents, or as many places as a small amount needs to be seen.
  private static String usd(long nanoUsd) {
    return new Money(nanoUsd).display(nanoUsd < 1_000_000_000 ? 4 : 2);
  }
}
