package io.faregate.policy.route;

import io.faregate.policy.Limited;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Tier;
import io.faregate.policy.route.Router.Question;
import org.jspecify.annotations.Nullable;

/// The limits of the policy that apply to a call: where they stand in the file, and in words why
/// one closes a tier.
final class HardLimits {
  private static final String SHARE = "premium_share";
  private static final String WORKFLOW = "workflow:";
  private static final String KEY = "key:";

  private HardLimits() {}

  /// The place of the limit that closed a tier: `limits.daily_spend`,
  /// `workflows.support.monthly_budget`, ...
  static String place(Question question, Limited limited) {
    var scope = limited.scope();
    if (scope.startsWith(KEY)) {
      return "keys." + scope.substring(KEY.length()) + "." + limited.limit();
    }
    if (scope.startsWith(WORKFLOW)) {
      var name = scope.substring(WORKFLOW.length());
      var workflow = question.policy().workflows().get(name);
      var own = workflow != null && workflow.premiumShare() != null;
      if (own || !limited.limit().equals(SHARE)) {
        return "workflows." + name + "." + limited.limit();
      }
    }
    return "limits." + limited.limit();
  }

  /// Why the limit closed a tier.
  static String why(Limited limited) {
    return switch (limited.kind()) {
      case UNPRICED_MODEL -> "nobody has said what its model costs";
      case UNBOUNDED_COST -> "no bound of the cost can be given";
      case PREMIUM_SHARE -> "the share of %s is used up".formatted(limited.scope());
      case MAX_COST -> "it may cost more than its client lets it";
      default -> "too little is left for %s".formatted(limited.scope());
    };
  }

  /// The place of a limit of spend that applies to the call on that tier; null when none does.
  static @Nullable String on(Question question, Tier tier) {
    var limits = question.policy().limits();
    if (limits.dailySpendNanoUsd().containsKey(tier.name())) {
      return "limits.daily_spend";
    }
    var budget = budget("limits.", limits.budgets());
    if (budget != null) {
      return budget;
    }
    var workflow = question.assignment().workflow();
    var product = workflow == null ? null : question.policy().workflows().get(workflow);
    if (product != null && budget("", product.budgets()) != null) {
      return budget("workflows." + workflow + ".", product.budgets());
    }
    for (var key : question.policy().keys()) {
      if (key.name().equals(question.call().caller().key())) {
        return budget("keys." + key.name() + ".", key.budgets());
      }
    }
    return question.call().maxCostNanoUsd() == null ? null : "limits.max_cost";
  }

  private static @Nullable String budget(String owner, Budgets budgets) {
    if (budgets.dailyNanoUsd() != null) {
      return owner + "daily_budget";
    }
    return budgets.monthlyNanoUsd() == null ? null : owner + "monthly_budget";
  }
}
