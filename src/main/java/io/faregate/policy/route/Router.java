package io.faregate.policy.route;

import io.faregate.call.Call;
import io.faregate.call.ModelId;
import io.faregate.call.Protocol;
import io.faregate.policy.Assignment;
import io.faregate.policy.Policy;
import io.faregate.policy.Routing;
import io.faregate.policy.Snapshot;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;

/// The decision of where a call goes: a pure function of the policy, the call and a snapshot, so
/// that the same three always give the same answer. Source: PRODUCT §3.
public final class Router {
  private Router() {}

  /// Decides task, first tier, context, plan, limits and chain, in that order.
  public static Routing decide(Policy policy, Call call, Snapshot snapshot) {
    var trail = new Trail();
    return switch (Names.assign(policy, call, trail)) {
      case Found.Refused(var refusal) -> refusal;
      case Found.Some(var assignment) ->
          place(new Question(policy, call, snapshot, assignment), trail);
    };
  }

  private static Routing place(Question question, Trail trail) {
    trail.assigned(question.assignment());
    var row = question.assignment().row();
    trail.matched("tier", row.tier() + (row.because() == null ? "" : ": " + row.because()));
    if (row.latency() == Task.Latency.BATCH) {
      trail.passed("latency", "batch: the answer may wait; this version asks for it at once");
    }
    return switch (Context.fit(question, trail)) {
      case Found.Refused(var refusal) -> refusal;
      case Found.Some(var context) -> chain(question, context, trail);
    };
  }

  private static Routing chain(Question question, Context context, Trail trail) {
    var pin = question.assignment().pin();
    var start = new Start(question, context, trail);
    var chain = new Chain(question, context, trail);
    return switch (pin == null ? start.tier() : start.tierOf(pin)) {
      case Found.Refused(var refusal) -> refusal;
      case Found.Some(var tier) ->
          pin == null ? chain.from(tier, start.session(tier)) : chain.of(tier, pin);
    };
  }

  /// What the steps after the names share.
  record Question(Policy policy, Call call, Snapshot snapshot, Assignment assignment) {
    /// Whether the plan wants a justification for the tier, and the call gives none.
    boolean unjustified(Tier tier) {
      return assignment.plan().justify().contains(tier.name())
          && call.work().justification() == null;
    }

    /// Whether vectors are asked for rather than text.
    boolean embeds() {
      return call.demand().protocol() == Protocol.EMBEDDINGS;
    }

    /// Whether the call can go to that model's provider, if only one can go on from an earlier
    /// answer. One that the ladder does not have any more binds nobody.
    boolean mayServe(ModelId model) {
      var affinity = snapshot.affinity();
      if (affinity == null || !affinity.tied()) {
        return true;
      }
      var provider = affinity.model().provider();
      return provider.equals(model.provider()) || !onLadder(provider);
    }

    private boolean onLadder(String provider) {
      return policy.ladder().stream().anyMatch(model -> model.provider().equals(provider));
    }

    /// The first tier of the step or task.
    Tier firstTier() {
      return policy.tier(assignment.row().tier());
    }
  }
}
