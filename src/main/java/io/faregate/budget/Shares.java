package io.faregate.budget;

import io.faregate.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The premium shares of all workflows, and what each running call has taken of them. Calls without
/// a workflow, or of one that the policy lacks, are one nameless workflow. Not thread-safe; the
/// book guards it.
final class Shares {
  private final Share nameless = new Share(null);
  private final Map<String, Running> calls = new HashMap<>();
  private TreeMap<String, Share> workflows = new TreeMap<>();

  /// Of the workflows that the policy lacks, those that have had calls.
  private final Map<String, Share> vanished = new HashMap<>();

  Shares(Policy policy) {
    apply(policy);
  }

  /// Takes the shares of another policy and keeps the credit of each workflow. A call of one that
  /// has vanished ends as it began; one that comes back has what it had left, so that leaving the
  /// file for a moment fills no credit up.
  void apply(Policy policy) {
    var limits = policy.limits();
    nameless.limitTo(limits.premiumShare(), limits.premiumBurst());
    var next = new TreeMap<String, Share>();
    for (var workflow : policy.workflows().values()) {
      var share = ofName(workflow.name());
      var own = workflow.premiumShare();
      share.limitTo(
          own == null ? limits.premiumShare() : own,
          Objects.requireNonNullElse(workflow.premiumBurst(), limits.premiumBurst()));
      next.put(workflow.name(), share);
    }
    workflows.forEach((name, share) -> {
      if (!next.containsKey(name) && share.called()) {
        vanished.put(name, share);
      }
    });
    workflows = next;
  }

  private Share ofName(String workflow) {
    var share = workflows.get(workflow);
    var back = vanished.remove(workflow);
    return share != null ? share : back != null ? back : new Share(workflow);
  }

  /// The share that refuses a bid, or null when none does.
  @Nullable PremiumState refusing(Bid bid) {
    if (!bid.top()) {
      return null;
    }
    var running = calls.get(bid.call());
    if (running == null) {
      var share = share(bid.spender().workflow());
      return share.allows(true) ? null : share.state();
    }
    return running.top || running.share.allows(false) ? null : running.share.state();
  }

  /// Counts a bid that is held; returns the share after it, or null when it is not limited.
  @Nullable PremiumState hold(Bid bid) {
    var running = calls.get(bid.call());
    if (running == null) {
      running = new Running(share(bid.spender().workflow()));
      running.share.admit();
      calls.put(bid.call(), running);
    }
    if (bid.top() && !running.top) {
      running.top = true;
      running.takenMillionths = running.share.take();
    }
    return running.share.state();
  }

  /// Ends a call; returns the share after it, or null when it is not limited.
  @Nullable PremiumState end(String call, boolean servedTop) {
    var running = calls.remove(call);
    if (running == null) {
      return null;
    }
    if (running.top && !servedTop) {
      running.share.giveBack(running.takenMillionths);
    }
    return running.share.state();
  }

  void restore(PremiumState saved) {
    var name = saved.workflow();
    var share = name == null ? nameless : workflows.get(name);
    if (share != null) {
      share.restore(saved);
    } else if (name != null) {
      vanished.put(name, Share.vanished(saved));
    }
  }

  /// All shares that are limited: of calls without a workflow, then by name.
  List<PremiumState> states() {
    var states = new ArrayList<PremiumState>();
    add(states, nameless);
    workflows.values().forEach(share -> add(states, share));
    return List.copyOf(states);
  }

  private Share share(@Nullable String workflow) {
    return workflow == null ? nameless : workflows.getOrDefault(workflow, nameless);
  }

  private static void add(List<PremiumState> states, Share share) {
    var state = share.state();
    if (state != null) {
      states.add(state);
    }
  }

  /// A call between its first hold and its end.
  private static final class Running {
    private final Share share;
    private boolean top;
    private long takenMillionths;

    Running(Share share) {
      this.share = share;
    }
  }
}
