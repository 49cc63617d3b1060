package io.faregate.policy.lint;

import io.faregate.policy.Policy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Looks for what a valid policy hardly means: rules that never apply, limits that let nothing
/// through, ways to the dearest models that nobody bounds. See docs/lint.md.
public final class Lint {
  private Lint() {}

  /// All findings: of rules, rows, limits and models, each by name.
  ///
  /// @param today the UTC day whose prices hold
  public static List<Finding> findings(Policy policy, LocalDate today) {
    var found = new ArrayList<Finding>();
    found.addAll(new RuleLint(policy).findings());
    found.addAll(new RowLint(policy).findings());
    found.addAll(new LimitLint(policy, today).findings());
    found.addAll(new ModelLint(policy, today).findings());
    return List.copyOf(found);
  }
}
