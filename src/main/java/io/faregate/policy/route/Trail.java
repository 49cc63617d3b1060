package io.faregate.policy.route;

import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.policy.Assignment;
import io.faregate.policy.Limited;
import io.faregate.policy.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules that one decision has looked at so far, and the reasons it has gathered.
final class Trail {
  private final List<Rule> rules = new ArrayList<>(12);
  private final List<Reason> reasons = new ArrayList<>(2);
  private @Nullable Assignment assignment;

  /// All names of the call are known: refusals from now on say what it is.
  void assigned(Assignment assignment) {
    this.assignment = assignment;
  }

  /// A rule that applied.
  void matched(String rule, String why) {
    rules.add(new Rule(rule, true, why));
  }

  /// A rule that was looked at and did not apply.
  void passed(String rule, String why) {
    rules.add(new Rule(rule, false, why));
  }

  /// A rule that moved the call to another tier.
  void moved(String rule, Reason reason, String why) {
    matched(rule, why + " (" + reason.word() + ")");
    if (!reasons.contains(reason)) {
      reasons.add(reason);
    }
  }

  /// A refusal that ends the trail.
  Refusal refuse(Refusal.Kind kind, String message) {
    return new Refusal(kind, assignment, null, message, null, null, rules);
  }

  /// A refusal for a reason of the closed list.
  Refusal refuse(Refusal.Kind kind, Reason reason, String message) {
    return new Refusal(kind, assignment, reason, message, null, null, rules);
  }

  /// A refusal by a limit of the book.
  Refusal refuse(Limited limited) {
    return new Refusal(
        limited.kind(),
        assignment,
        limited.reason(),
        limited.message(),
        limited.limit(),
        limited.resetsAt(),
        rules);
  }

  List<Rule> rules() {
    return rules;
  }

  List<Reason> reasons() {
    return reasons;
  }
}
