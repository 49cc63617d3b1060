package io.faregate.budget;

import org.jspecify.annotations.Nullable;

/// Names one limit: its key in the configuration (`daily_spend`, `daily_budget`, `monthly_budget`),
/// whose spend it limits (`all`, `tier:premium`, `workflow:support`, `key:web-free`), and for how
/// long.
public record Limit(String name, String scope, Period period) {
  private static final String KEY = "key:";

  /// What a tier may cost in a day.
  public static Limit ofTier(String tier) {
    return new Limit("daily_spend", "tier:" + tier, Period.DAY);
  }

  /// The budget of all traffic.
  public static Limit ofAll(Period period) {
    return budget("all", period);
  }

  /// The budget of a workflow.
  public static Limit ofWorkflow(String workflow, Period period) {
    return budget(scopeOfWorkflow(workflow), period);
  }

  /// The budget of a key.
  public static Limit ofKey(String key, Period period) {
    return budget(KEY + key, period);
  }

  /// The scope of a workflow, and of what belongs to none.
  public static String scopeOfWorkflow(@Nullable String workflow) {
    return workflow == null ? "no workflow" : "workflow:" + workflow;
  }

  /// Whether it is of the spend of one key.
  public boolean isOfKey() {
    return scope.startsWith(KEY);
  }

  private static Limit budget(String scope, Period period) {
    return switch (period) {
      case DAY -> new Limit("daily_budget", scope, period);
      case MONTH -> new Limit("monthly_budget", scope, period);
    };
  }
}
