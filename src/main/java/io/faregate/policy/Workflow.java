package io.faregate.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A product function and its steps. A step is a row of the routing table: its task with the step's
/// own settings laid over it.
///
/// @param premiumShare of its calls, in millionths; null leaves it to the policy
/// @param premiumBurst null leaves it to the policy
public record Workflow(
    String name,
    Map<String, Task> steps,
    Limits.Budgets budgets,
    @Nullable Long premiumShare,
    @Nullable Integer premiumBurst) {
  public Workflow {
    steps = Map.copyOf(steps);
  }
}
