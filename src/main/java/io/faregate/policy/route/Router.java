package io.faregate.policy.route;

import io.faregate.call.Call;
import io.faregate.policy.Assignment;
import io.faregate.policy.Policy;
import io.faregate.policy.Routing;
import io.faregate.policy.Snapshot;
import io.faregate.policy.Tier;

/// The decision of where a call goes: a pure function of the policy, the call and a snapshot, so
/// that the same three always give the same answer. Source: PRODUCT §3.
public final class Router {
  private Router() {}

  /// Decides task, first tier, context, plan and chain, in that order.
  public static Routing decide(Policy policy, Call call, Snapshot snapshot) {
    var trail = new Trail();
    return switch (Names.assign(policy, call, trail)) {
      case Found.Refused(var refusal) -> refusal;
      case Found.Some(var assignment) ->
          place(new Question(policy, call, snapshot, assignment), trail);
    };
  }

  private static Routing place(Question question, Trail trail) {
    var row = question.assignment().row();
    trail.matched("tier", row.tier() + (row.because() == null ? "" : ": " + row.because()));
    return switch (Context.fit(question, trail)) {
      case Found.Refused(var refusal) -> refusal;
      case Found.Some(var context) -> {
        var chain = new ChainBuilder(question, context, trail);
        yield question.assignment().pin() == null ? chain.build() : chain.buildPinned();
      }
    };
  }

  /// What the steps after the names share.
  record Question(Policy policy, Call call, Snapshot snapshot, Assignment assignment) {
    /// The first tier of the step or task.
    Tier firstTier() {
      return policy.tier(assignment.row().tier());
    }
  }
}
