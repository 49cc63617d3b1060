package io.faregate.policy.lint;

import io.faregate.money.Money;
import io.faregate.policy.Key;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
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
    var usual = usual();
    for (var tier : policy.tiers()) {
      var limit = policy.limits().dailySpendNanoUsd().get(tier.name());
      var path = "limits.daily_spend." + tier.name();
      small(path, limit, Hold.of(tier, policy, today));
      above(path, limit, "limits.daily_budget", all.dailyNanoUsd());
      above(path, limit, "limits.monthly_budget", all.monthlyNanoUsd());
    }
    small("limits", all, usual);
    new TreeMap<>(policy.workflows()).values().forEach(workflow -> workflow(workflow, usual));
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

  private void workflow(Workflow workflow, List<Task> usual) {
    var path = "workflows." + workflow.name();
    small(path, workflow.budgets(), workflow.steps().isEmpty() ? usual : workflow.steps().values());
    above(path, workflow.budgets());
  }

  private void key(String path, Key key, List<Task> usual) {
    var workflow = policy.workflows().get(Objects.requireNonNullElse(key.caller().workflow(), ""));
    var rows = workflow == null || workflow.steps().isEmpty() ? usual : workflow.steps().values();
    small(path, key.budgets(), rows);
    above(path, key.budgets());
  }

  /// Budgets that have room for few calls of those rows, at the dearest tier that one starts on.
  private void small(String path, Budgets budgets, Collection<Task> rows) {
    var hold =
        rows.stream()
            .map(row -> policy.tier(row.tier()))
            .distinct()
            .flatMap(tier -> Stream.ofNullable(Hold.of(tier, policy, today)))
            .max(Comparator.comparingLong(Hold::nanoUsd))
            .orElse(null);
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
