package io.faregate.policy.lint;

import io.faregate.call.Reason;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import io.faregate.policy.Workflow;
import io.faregate.policy.lint.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Looks at the routing table: tasks, steps and workflows.
final class RowLint {
  private static final Set<Reason> OUTAGES =
      Set.of(Reason.PROVIDER_ERROR, Reason.RATE_LIMITED, Reason.TIMEOUT);

  private final Policy policy;
  private final List<Finding> found = new ArrayList<>();

  RowLint(Policy policy) {
    this.policy = policy;
  }

  List<Finding> findings() {
    if (policy.limits().fallbacksPerCall() == 0) {
      fallbacksSwitchedOff();
    } else {
      Row.differing(policy).forEach(row -> fallback(row.path(), row.task()));
    }
    for (var row : Row.tasks(policy)) {
      if (row.task().because() == null) {
        found.add(
            new Finding(
                Kind.NO_REASON,
                row.path(),
                """
                nothing says why the task %s is on %s: who looks for savings later cannot tell a \
                choice from an accident\
                """
                    .formatted(row.task().name(), row.task().tier()),
                "add because: \"...\""));
      }
    }
    new TreeMap<>(policy.workflows()).values().forEach(this::workflow);
    return found;
  }

  private void fallbacksSwitchedOff() {
    var rows = Row.all(policy).stream().filter(row -> !row.task().fallback().isEmpty()).count();
    if (rows > 0) {
      found.add(
          new Finding(
              Kind.DEAD_RULE,
              "limits.fallbacks_per_call",
              """
              no call may fall back, yet %d tasks and steps name a fallback: their failed calls \
              are paid for and end without an answer\
              """
                  .formatted(rows),
              "allow one fallback, or write fallback: none there"));
    }
  }

  private void fallback(String path, Task row) {
    var rank = policy.tier(row.tier()).rank();
    // A weaker model that steps in for an outage is better than none, and pays for no answer twice.
    var onAnswers = !OUTAGES.containsAll(row.fallbackOn());
    for (var tier : row.fallback()) {
      if (onAnswers && policy.tier(tier).rank() < rank) {
        found.add(
            new Finding(
                Kind.CHEAPER_FALLBACK,
                path + ".fallback",
                """
                %s falls back to %s, a lower tier: an answer that %s got wrong is paid for, and \
                then bought again from a weaker model\
                """
                    .formatted(path, tier, row.tier()),
                "fall back upwards, or only for fallback_on: [provider_error, rate_limited,"
                    + " timeout]"));
      }
    }
    var most = policy.limits().attemptsPerCall();
    var onOutages = row.fallbackOn().stream().anyMatch(OUTAGES::contains);
    if (onOutages && !row.fallback().isEmpty() && row.retries() + 1 >= most) {
      found.add(
          new Finding(
              Kind.DEAD_RULE,
              path + ".retries",
              """
              %s tries its tier up to %d times, and a call has %d attempts: an outage of %s uses \
              them all, and the fallback is never tried\
              """
                  .formatted(path, row.retries() + 1, most, row.tier()),
              "lower retries, or raise limits.attempts_per_call"));
    }
  }

  private void workflow(Workflow workflow) {
    var bounded =
        workflow.premiumShare() != null
            || policy.limits().premiumShare() != null
            || !workflow.budgets().equals(Budgets.NONE);
    if (bounded || policy.tiers().size() < 2 || !reachesTop(workflow)) {
      return;
    }
    var top = policy.top().name();
    found.add(
        new Finding(
            Kind.UNBOUNDED_WORKFLOW,
            "workflows." + workflow.name(),
            """
            the workflow %s can reach %s and has neither a premium share nor a budget: one change \
            of its traffic can move all of it to the dearest models\
            """
                .formatted(workflow.name(), top),
            "add premium_share: 10% or monthly_budget: to it, or premium_share to limits"));
  }

  private boolean reachesTop(Workflow workflow) {
    var top = policy.top().name();
    var raised = policy.context().longer().stream().anyMatch(rule -> rule.tier().equals(top));
    var fallsBack = policy.limits().fallbacksPerCall() > 0;
    return new Use(policy).isAllowed(top)
        && (raised
            || workflow.steps().values().stream()
                .anyMatch(step ->
                    step.tier().equals(top) || (fallsBack && step.fallback().contains(top))));
  }
}
