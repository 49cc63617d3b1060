package io.faregate.policy.route;

import io.faregate.call.Reason;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.money.Cost;
import io.faregate.money.Money;
import io.faregate.money.Usage;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import io.faregate.policy.Routing;
import io.faregate.policy.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decision as the JSON document of `faregate route`: nested maps and lists in the order of the
/// contract (PRODUCT §4), for an edge to write.
public final class RouteDocument {
  /// What a refused call has not come to.
  private static final List<String> UNDECIDED =
      List.of("task", "task_source", "workflow", "step", "plan", "first_tier", "tier");

  private RouteDocument() {}

  /// The document of a decision or refusal where nobody knows what is left of a limit.
  public static Map<String, @Nullable Object> of(
      Policy policy, Routing routing, Snapshot snapshot) {
    return of(policy, routing, snapshot, List.of());
  }

  /// The document of a decision or refusal.
  ///
  /// @param limits the limits that apply to the call as they are now, one map each
  public static Map<String, @Nullable Object> of(
      Policy policy, Routing routing, Snapshot snapshot, List<? extends Map<String, ?>> limits) {
    var document =
        switch (routing) {
          case Decision decision -> decided(policy, decision, snapshot);
          case Refusal refusal -> refused(policy, refusal);
        };
    document.put("limits", limits);
    return document;
  }

  /// The estimated cost of the first attempt: the estimated input, and the output that the call may
  /// write or, where nothing limits it, what is reserved for an answer of unstated length.
  public static Cost estimate(Policy policy, Decision decision, Snapshot snapshot) {
    var model = decision.chain().getFirst().model();
    var output = policy.model(model).reservedOutput(decision.outputLimit());
    var usage = Usage.of(decision.tokens().total(), output);
    return policy
        .price(model, snapshot.day())
        .map(price -> price.cost(usage))
        .orElseGet(Cost.Unpriced::new);
  }

  private static Map<String, @Nullable Object> decided(
      Policy policy, Decision decision, Snapshot snapshot) {
    var assignment = decision.assignment();
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("task", assignment.row().name());
    document.put("task_source", assignment.taskSource().word());
    document.put("workflow", assignment.workflow());
    document.put("step", assignment.step());
    document.put("plan", assignment.plan().name());
    document.put("first_tier", decision.firstTier());
    document.put("tier", decision.tier());
    document.put("reasons", decision.reasons().stream().map(Reason::word).toList());
    document.put("chain", chain(decision));
    document.put("rules", rules(decision));
    document.put("input_tokens", tokens(decision.tokens()));
    document.put("tokens_trimmed", decision.tokensTrimmed());
    document.put("output_limit", decision.outputLimit());
    document.put("limits", List.of());
    var cost = estimate(policy, decision, snapshot).nanoUsdOrNull();
    document.put("estimated_cost_usd", cost == null ? null : Money.usd(cost));
    document.put("policy_version", policy.version());
    document.put("refusal", null);
    return document;
  }

  private static Map<String, @Nullable Object> refused(Policy policy, Refusal refusal) {
    var reason = new LinkedHashMap<String, @Nullable Object>();
    reason.put("status", refusal.kind().status());
    reason.put("code", refusal.kind().code());
    reason.put("reason", refusal.reason() == null ? null : refusal.reason().word());
    reason.put("limit", refusal.limit());
    reason.put("resets_at", refusal.resetsAt() == null ? null : refusal.resetsAt().toString());
    reason.put("message", refusal.message());
    var document = new LinkedHashMap<String, @Nullable Object>();
    for (var name : UNDECIDED) {
      document.put(name, null);
    }
    document.put("reasons", List.of());
    document.put("chain", List.of());
    document.put("rules", rules(refusal));
    document.put("input_tokens", null);
    document.put("tokens_trimmed", 0);
    document.put("output_limit", null);
    document.put("limits", List.of());
    document.put("estimated_cost_usd", null);
    document.put("policy_version", policy.version());
    document.put("refusal", reason);
    return document;
  }

  private static List<Map<String, @Nullable Object>> chain(Decision decision) {
    var rungs = new ArrayList<Map<String, @Nullable Object>>();
    for (var rung : decision.chain()) {
      var shown = new LinkedHashMap<String, @Nullable Object>();
      shown.put("tier", rung.tier());
      shown.put("model", rung.model().toString());
      shown.put("kind", rung.kind().word());
      shown.put("reason", rung.reason() == null ? null : rung.reason().word());
      rungs.add(shown);
    }
    return rungs;
  }

  private static List<Map<String, Object>> rules(Routing routing) {
    var rules = new ArrayList<Map<String, Object>>();
    for (var rule : routing.rules()) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("rule", rule.rule());
      shown.put("matched", rule.matched());
      shown.put("why", rule.why());
      rules.add(shown);
    }
    return rules;
  }

  private static Map<String, Object> tokens(Segments tokens) {
    var shown = new LinkedHashMap<String, Object>();
    for (var segment : Segment.values()) {
      shown.put(segment.word(), tokens.of(segment));
    }
    shown.put("total", tokens.total());
    return shown;
  }
}
