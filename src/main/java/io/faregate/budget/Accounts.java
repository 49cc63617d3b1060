package io.faregate.budget;

import io.faregate.call.Caller;
import io.faregate.call.Reason;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Policy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The accounts of a policy by the names that have them: a day of each tier, a day and a month of
/// each workflow, of each key and of all traffic. They exist with or without a limit, so that a
/// limit that is set later knows what was spent before. Not thread-safe; the book guards it.
final class Accounts {
  private static final Account[] NONE = {};

  private final ZoneId zone;
  private final Account[] total;
  private final Scope tiers = new Scope(this::ofTier);
  private final Scope workflows = new Scope(this::ofWorkflow);
  private final Scope keys = new Scope(this::ofKey);
  private List<Account> known = List.of();
  private Instant latest;

  /// @param now an instant of the first windows
  Accounts(Policy policy, Instant now) {
    zone = policy.zone();
    latest = now;
    total =
        new Account[] {
          account(Limit.ofAll(Period.DAY), Reason.TOTAL_BUDGET),
          account(Limit.ofAll(Period.MONTH), Reason.TOTAL_BUDGET)
        };
    apply(policy);
  }

  /// Takes the names and numbers of another policy and keeps the sums. A name that the policy lacks
  /// has no limit any more; it is kept as long as its sums would matter if the name came back.
  void apply(Policy policy) {
    var limits = policy.limits();
    var ladder = new LinkedHashMap<String, Budgets>();
    for (var tier : policy.tiers()) {
      ladder.put(tier.name(), new Budgets(limits.dailySpendNanoUsd().get(tier.name()), null));
    }
    var products = new LinkedHashMap<String, Budgets>();
    new TreeMap<>(policy.workflows())
        .forEach((name, workflow) -> products.put(name, workflow.budgets()));
    var callers = new LinkedHashMap<String, Budgets>();
    policy.keys().forEach(key -> callers.put(key.name(), key.budgets()));
    if (callers.isEmpty()) {
      callers.put(Caller.IMPLICIT.key(), Budgets.NONE);
    }
    var listed = new ArrayList<>(tiers.apply(ladder, latest));
    limit(total, limits.budgets());
    listed.addAll(List.of(total));
    listed.addAll(workflows.apply(products, latest));
    listed.addAll(keys.apply(callers, latest));
    known = List.copyOf(listed);
  }

  /// The accounts on which an attempt counts, in the order in which they refuse. A name that no
  /// policy has has none.
  Account[] of(Spender spender) {
    var workflow = spender.workflow();
    return joined(
        keys.of(spender.key()),
        workflow == null ? NONE : workflows.of(workflow),
        tiers.of(spender.tier()),
        total);
  }

  /// The same for an attempt of the past: a name that the policy lacks gets accounts, for it may
  /// come back.
  Account[] ofPast(Spender spender) {
    var workflow = spender.workflow();
    keys.open(spender.key());
    if (workflow != null) {
      workflows.open(workflow);
    }
    tiers.open(spender.tier());
    return of(spender);
  }

  /// Takes note of the time, which opens the windows of accounts to come.
  void seen(Instant at) {
    latest = at.isAfter(latest) ? at : latest;
  }

  /// All limits of the policy, set or not: tiers up the ladder, all traffic, workflows and keys.
  List<LimitState> states(Instant now) {
    return known.stream().map(account -> account.state(now)).toList();
  }

  private Account[] ofTier(String name) {
    return new Account[] {account(Limit.ofTier(name), Reason.TIER_SPEND_LIMIT)};
  }

  private Account[] ofWorkflow(String name) {
    return new Account[] {
      account(Limit.ofWorkflow(name, Period.DAY), Reason.WORKFLOW_BUDGET),
      account(Limit.ofWorkflow(name, Period.MONTH), Reason.WORKFLOW_BUDGET)
    };
  }

  private Account[] ofKey(String name) {
    return new Account[] {
      account(Limit.ofKey(name, Period.DAY), Reason.KEY_BUDGET),
      account(Limit.ofKey(name, Period.MONTH), Reason.KEY_BUDGET)
    };
  }

  private Account account(Limit limit, Reason reason) {
    return new Account(limit, reason, zone, latest);
  }

  private static void limit(Account[] accounts, Budgets budgets) {
    for (var account : accounts) {
      switch (account.limit().period()) {
        case DAY -> account.limitTo(budgets.dailyNanoUsd());
        case MONTH -> account.limitTo(budgets.monthlyNanoUsd());
      }
    }
  }

  private static Account[] joined(
      Account[] key, Account[] workflow, Account[] tier, Account[] all) {
    var joined = new Account[key.length + workflow.length + tier.length + all.length];
    System.arraycopy(key, 0, joined, 0, key.length);
    System.arraycopy(workflow, 0, joined, key.length, workflow.length);
    System.arraycopy(tier, 0, joined, key.length + workflow.length, tier.length);
    System.arraycopy(all, 0, joined, joined.length - all.length, all.length);
    return joined;
  }

  /// The accounts of one kind of name.
  private static final class Scope {
    private final Function<String, Account[]> opening;
    private Map<String, Account[]> byName = new LinkedHashMap<>();

    Scope(Function<String, Account[]> opening) {
      this.opening = opening;
    }

    Account[] of(String name) {
      return byName.getOrDefault(name, NONE);
    }

    void open(String name) {
      var _ = byName.computeIfAbsent(name, opening);
    }

    /// Takes other names and numbers; returns the accounts of the names, in their order.
    List<Account> apply(SequencedMap<String, Budgets> budgets, Instant latest) {
      var next = new LinkedHashMap<String, Account[]>();
      var known = new ArrayList<Account>();
      budgets.forEach((name, amounts) -> {
        var before = byName.get(name);
        var accounts = before == null ? opening.apply(name) : before;
        limit(accounts, amounts);
        known.addAll(List.of(accounts));
        next.put(name, accounts);
      });
      byName.forEach((name, accounts) -> keepUsed(next, name, accounts, latest));
      byName = next;
      return known;
    }

    private static void keepUsed(
        Map<String, Account[]> next, String name, Account[] accounts, Instant latest) {
      if (!next.containsKey(name) && anyUsed(accounts, latest)) {
        limit(accounts, Budgets.NONE);
        next.put(name, accounts);
      }
    }

    private static boolean anyUsed(Account[] accounts, Instant latest) {
      for (var account : accounts) {
        if (account.used(latest)) {
          return true;
        }
      }
      return false;
    }
  }
}
