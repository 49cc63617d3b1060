package io.faregate.budget;

import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The book as one would do it by hand: all attempts on a list, and every sum added up anew.
final class PlainBook {
  /// One limit in one window.
  record Slot(Limit limit, Instant from) {}

  /// An attempt that was held.
  static final class Line {
    final Bid bid;
    final List<Slot> slots;
    long held;
    long spent;
    long inDoubt;
    boolean open = true;

    Line(Bid bid, List<Slot> slots, long held) {
      this.bid = bid;
      this.slots = slots;
      this.held = held;
    }
  }

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Map<Limit, Instant> latest = new HashMap<>();
  private final Map<Slot, List<Line>> bySlot = new HashMap<>();
  private final Instant start;
  private Policy policy;

  PlainBook(Policy policy, Instant start) {
    this.policy = policy;
    this.start = start;
  }

  void apply(Policy other) {
    policy = other;
  }

  /// Whether the amount fits, and if it does, the line of the attempt.
  Optional<Line> hold(Bid bid, long nanoUsd) {
    var slots = slots(bid.spender(), bid.at());
    if (shortOf(slots, nanoUsd).isPresent()) {
      return Optional.empty();
    }
    var line = new Line(bid, slots, nanoUsd);
    lines.put(bid.call() + "." + bid.attempt(), line);
    slots.forEach(slot -> bySlot.computeIfAbsent(slot, _ -> new ArrayList<>()).add(line));
    return Optional.of(line);
  }

  /// The first limit, in the order in which they refuse, that has less left.
  Optional<Limit> shortOf(List<Slot> slots, long nanoUsd) {
    return slots.stream()
        .filter(slot -> {
          var most = limitNanoUsd(slot.limit());
          return most != null && Math.max(0, most - used(slot)) < nanoUsd;
        })
        .map(Slot::limit)
        .findFirst();
  }

  List<Slot> slots(Spender spender, Instant at) {
    return limits(spender).stream().map(limit -> slot(limit, at)).toList();
  }

  List<Line> lines() {
    return List.copyOf(lines.values());
  }

  List<Line> open() {
    return lines.values().stream().filter(line -> line.open).toList();
  }

  long used(Slot slot) {
    return lines(slot).stream().mapToLong(line -> line.held + line.spent + line.inDoubt).sum();
  }

  /// The limit as the book should show it.
  LimitState state(Limit limit, Instant now) {
    var seen = latest.getOrDefault(limit, start);
    var window = limit.period().window(policy.zone(), now.isAfter(seen) ? now : seen);
    var lines = lines(new Slot(limit, window.from()));
    return new LimitState(
        limit,
        window,
        limitNanoUsd(limit),
        lines.stream().mapToLong(line -> line.spent).sum(),
        lines.stream().mapToLong(line -> line.held).sum(),
        lines.stream().mapToLong(line -> line.inDoubt).sum());
  }

  @Nullable Long limitNanoUsd(Limit limit) {
    var scope = limit.scope().split(":", 2);
    return switch (scope[0]) {
      case "tier" -> policy.limits().dailySpendNanoUsd().get(scope[1]);
      case "workflow" ->
          budget(limit, Objects.requireNonNull(policy.workflows().get(scope[1])).budgets());
      case "key" ->
          budget(
              limit,
              policy.keys().stream()
                  .filter(key -> key.name().equals(scope[1]))
                  .findFirst()
                  .orElseThrow()
                  .budgets());
      default -> budget(limit, policy.limits().budgets());
    };
  }

  private static @Nullable Long budget(Limit limit, Budgets budgets) {
    return limit.period() == Period.DAY ? budgets.dailyNanoUsd() : budgets.monthlyNanoUsd();
  }

  private List<Line> lines(Slot slot) {
    return bySlot.getOrDefault(slot, List.of());
  }

  private Slot slot(Limit limit, Instant at) {
    var seen = latest.getOrDefault(limit, start);
    var now = at.isAfter(seen) ? at : seen;
    latest.put(limit, now);
    return new Slot(limit, limit.period().window(policy.zone(), now).from());
  }

  private List<Limit> limits(Spender spender) {
    var limits = new ArrayList<Limit>();
    var workflow = spender.workflow();
    if (policy.keys().stream().anyMatch(key -> key.name().equals(spender.key()))) {
      limits.add(Limit.ofKey(spender.key(), Period.DAY));
      limits.add(Limit.ofKey(spender.key(), Period.MONTH));
    }
    if (workflow != null && policy.workflows().containsKey(workflow)) {
      limits.add(Limit.ofWorkflow(workflow, Period.DAY));
      limits.add(Limit.ofWorkflow(workflow, Period.MONTH));
    }
    limits.add(Limit.ofTier(spender.tier()));
    limits.add(Limit.ofAll(Period.DAY));
    limits.add(Limit.ofAll(Period.MONTH));
    return limits;
  }
}
