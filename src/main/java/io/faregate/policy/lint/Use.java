package io.faregate.policy.lint;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.faregate.policy.Limits.WhenLimited;
import io.faregate.policy.Plan;
import io.faregate.policy.Policy;
import io.faregate.policy.Tier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which plans and tiers anything in a policy leads to.
final class Use {
  private final Policy policy;
  private final List<Plan> plans;

  Use(Policy policy) {
    this.policy = policy;
    this.plans =
        policy.plans().values().stream().filter(plan -> isUsed(policy, plan.name())).toList();
  }

  /// The plans that a key has, a call may name, or callers without a plan get.
  List<Plan> plans() {
    return plans;
  }

  /// Whether anybody may have the plan. Without keys every call may name it.
  static boolean isUsed(Policy policy, String plan) {
    return policy.keys().isEmpty()
        || plan.equals(policy.defaultPlan())
        || policy.keys().stream()
            .map(key -> key.caller())
            .anyMatch(caller -> caller.planFromRequest() || plan.equals(caller.plan()));
  }

  /// Whether a plan in use has the tier.
  boolean isAllowed(String tier) {
    return plans.stream().anyMatch(plan -> plan.tiers().contains(tier));
  }

  /// The tiers that calls start on, fall back to, are raised or lowered to, or are checked by.
  Set<String> tiers() {
    var starts = new HashSet<String>();
    var reached = new HashSet<String>();
    for (var row : Row.all(policy)) {
      starts.add(row.task().tier());
      reached.addAll(row.task().fallback());
      var check = row.task().check();
      if (check != null) {
        reached.add(check.tier());
      }
    }
    policy.context().longer().forEach(rule -> starts.add(rule.tier()));
    for (var start : starts) {
      plans.forEach(plan -> addLowered(policy.tier(start), plan, reached));
    }
    reached.addAll(starts);
    return reached.stream().filter(this::isAllowed).collect(toUnmodifiableSet());
  }

  /// The tiers that a plan makes of one that it lacks, wants a justification for, or may use up.
  private void addLowered(Tier start, Plan plan, Set<String> reached) {
    var has = policy.tiers().stream().filter(tier -> plan.tiers().contains(tier.name())).toList();
    var moved = !plan.tiers().contains(start.name());
    var below = has.stream().filter(tier -> tier.rank() < start.rank()).toList();
    if (moved && below.isEmpty()) {
      reached.add(has.getFirst().name());
      return;
    }
    for (var tier : below.reversed()) {
      if (!moved && !plan.justify().contains(start.name()) && !isLimited(start)) {
        return;
      }
      reached.add(tier.name());
      if (!plan.justify().contains(tier.name()) && !isLimited(tier)) {
        return;
      }
    }
  }

  private boolean isLimited(Tier tier) {
    var limits = policy.limits();
    var share =
        limits.premiumShare() != null
            || policy.workflows().values().stream().anyMatch(flow -> flow.premiumShare() != null);
    return limits.whenLimited() == WhenLimited.DOWNGRADE
        && (limits.dailySpendNanoUsd().containsKey(tier.name())
            || (share && tier.equals(policy.top())));
  }
}
