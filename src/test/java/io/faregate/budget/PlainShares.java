package io.faregate.budget;

import io.faregate.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Premium credit as one would do it by hand: what happened to each workflow is on a list, and its
/// credit is worked out from the beginning each time.
final class PlainShares {
  private static final long CALL = 1_000_000;

  private enum Event {
    EARNED,
    TOOK,
    GAVE_BACK
  }

  private final Policy policy;
  private final Map<String, List<Event>> events = new HashMap<>();
  private final Map<String, Boolean> toppedByCall = new HashMap<>();

  PlainShares(Policy policy) {
    this.policy = policy;
  }

  /// Whether the share lets the attempt pass; if so, it is counted.
  boolean hold(Bid bid) {
    var name = name(bid.spender().workflow());
    var events = new ArrayList<>(events(name));
    var topped = toppedByCall.get(bid.call());
    if (topped == null) {
      events.add(Event.EARNED);
    }
    var takes = bid.top() && !Boolean.TRUE.equals(topped);
    if (takes && share(name) != null && credit(name, events) < CALL) {
      return false;
    }
    if (takes) {
      events.add(Event.TOOK);
    }
    this.events.put(name, events);
    toppedByCall.put(bid.call(), takes || Boolean.TRUE.equals(topped));
    return true;
  }

  void ended(String call, @Nullable String workflow, boolean servedTop) {
    var topped = toppedByCall.remove(call);
    if (Boolean.TRUE.equals(topped) && !servedTop) {
      var name = name(workflow);
      var events = new ArrayList<>(events(name));
      events.add(Event.GAVE_BACK);
      this.events.put(name, events);
    }
  }

  boolean running(String call) {
    return toppedByCall.containsKey(call);
  }

  /// The credit of a workflow, or null when its share is not limited.
  @Nullable Long credit(@Nullable String workflow) {
    var name = name(workflow);
    return share(name) == null ? null : Long.valueOf(credit(name, events(name)));
  }

  /// How many premium calls there may have been by now, in millionths.
  long most(PremiumState state) {
    return state.shareMillionths() * state.calls() + CALL * burst(name(state.workflow()));
  }

  long calls(@Nullable String workflow) {
    return count(workflow, Event.EARNED);
  }

  long premiumCalls(@Nullable String workflow) {
    return count(workflow, Event.TOOK) - count(workflow, Event.GAVE_BACK);
  }

  private long count(@Nullable String workflow, Event kind) {
    return events(name(workflow)).stream().filter(event -> event == kind).count();
  }

  private long credit(String name, List<Event> events) {
    var share = Objects.requireNonNull(share(name));
    var most = share == 0 ? 0 : CALL * burst(name);
    var credit = most;
    for (var event : events) {
      credit =
          switch (event) {
            case EARNED -> Math.min(most, credit + share);
            case TOOK -> credit - CALL;
            case GAVE_BACK -> Math.min(most, credit + CALL);
          };
    }
    return credit;
  }

  private @Nullable Long share(String name) {
    var workflow = policy.workflows().get(name);
    return workflow == null || workflow.premiumShare() == null
        ? policy.limits().premiumShare()
        : workflow.premiumShare();
  }

  private int burst(String name) {
    var workflow = policy.workflows().get(name);
    return workflow == null || workflow.premiumBurst() == null
        ? policy.limits().premiumBurst()
        : workflow.premiumBurst();
  }

  private List<Event> events(String name) {
    return events.getOrDefault(name, List.of());
  }

  private String name(@Nullable String workflow) {
    return workflow == null || !policy.workflows().containsKey(workflow) ? "-" : workflow;
  }
}
