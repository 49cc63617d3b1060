package io.faregate.config;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.policy.Limits;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Limits.WhenLimited;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `limits`, and the limits that workflows and keys have too.
final class LimitsSection {
  private static final int MOST_ATTEMPTS = 20;
  private static final int MOST_BURST = 1_000_000;

  /// No call is waited for longer than a day.
  private static final Function<Item, @Nullable Duration> WAIT = Item.duration("1d");

  private final Names names;

  LimitsSection(Names names) {
    this.names = names;
  }

  Limits read(Mapping root) {
    var file = root.mapping("limits");
    var otherwise = Limits.DEFAULT;
    var deadline = file.read("deadline", WAIT, otherwise.deadline());
    var attemptTimeout = file.read("attempt_timeout", WAIT, deadline.dividedBy(2));
    if (attemptTimeout.compareTo(deadline) > 0) {
      Objects.requireNonNull(file.item("attempt_timeout"))
          .warn("one attempt may take longer than the deadline of the call", "shorten it");
    }
    var attempts =
        file.read("attempts_per_call", Item.integer(1, MOST_ATTEMPTS), otherwise.attemptsPerCall());
    var fallbacks =
        file.read(
            "fallbacks_per_call", Item.integer(0, MOST_ATTEMPTS - 1), otherwise.fallbacksPerCall());
    var limits =
        new Limits(
            fallbacks,
            attempts,
            deadline,
            attemptTimeout,
            file.read("idle", WAIT, otherwise.idle()),
            dailySpend(file),
            budgets(file),
            file.read("premium_share", Item::share),
            file.read("premium_burst", Item.integer(0, MOST_BURST), otherwise.premiumBurst()),
            file.read(
                "when_limited", item -> item.word(WhenLimited.class), otherwise.whenLimited()));
    file.end();
    return limits;
  }

  /// `daily_budget` and `monthly_budget` of all traffic, a workflow or a key.
  static Budgets budgets(Mapping file) {
    var daily = file.read("daily_budget", Item::nanoUsd);
    var monthly = file.read("monthly_budget", Item::nanoUsd);
    if (daily != null && monthly != null && daily > monthly) {
      Objects.requireNonNull(file.item("daily_budget"))
          .warn("a day may spend more than the month has", "lower it, or raise monthly_budget");
    }
    return new Budgets(daily, monthly);
  }

  /// How many premium calls a workflow may save up; null leaves it to the policy.
  static @Nullable Integer premiumBurst(Mapping file) {
    return file.read("premium_burst", Item.integer(0, MOST_BURST));
  }

  private Map<String, Long> dailySpend(Mapping file) {
    var spend = new LinkedHashMap<String, Long>();
    var section = file.mapping("daily_spend");
    for (var entry : section.all().entrySet()) {
      var tier = section.key(entry.getKey()).oneOf("tier", names.tiers());
      var amount = entry.getValue().nanoUsd();
      if (tier != null && amount != null) {
        spend.put(tier, amount);
      }
    }
    return spend;
  }
}
