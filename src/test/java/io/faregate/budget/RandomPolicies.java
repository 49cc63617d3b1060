package io.faregate.budget;

import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Policy;
import io.faregate.policy.Workflow;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Limits by chance over the same few names, in one zone and with the same premium shares.
final class RandomPolicies {
  static final List<String> TIERS = List.of("low", "balanced", "premium");
  static final List<String> WORKFLOWS = List.of("support", "agent", "search");
  static final List<String> KEYS = List.of("web", "app");
  private static final List<String> ZONES =
      List.of("UTC", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York");
  private static final long MOST_NANO_USD = 6_000_000_000L;

  private record Premium(@Nullable Long share, @Nullable Integer burst) {}

  private final Random chance;
  private final ZoneId zone;
  private final @Nullable Long share;
  private final int burst;
  private final List<Premium> ofWorkflows;

  RandomPolicies(Random chance) {
    this.chance = chance;
    zone = ZoneId.of(ZONES.get(chance.nextInt(ZONES.size())));
    share = anyShare();
    burst = chance.nextInt(4);
    ofWorkflows =
        WORKFLOWS.stream()
            .map(_ -> new Premium(anyShare(), chance.nextBoolean() ? null : chance.nextInt(4)))
            .toList();
  }

  Policy next() {
    var policy = new LimitedPolicy();
    policy.zone(zone);
    TIERS.forEach(tier -> policy.tier(tier, anyAmount()));
    policy.total(anyBudgets());
    policy.share(share, burst);
    for (int i = 0; i < WORKFLOWS.size(); i++) {
      var premium = ofWorkflows.get(i);
      policy.workflow(
          new Workflow(WORKFLOWS.get(i), Map.of(), anyBudgets(), premium.share(), premium.burst()));
    }
    KEYS.forEach(key -> policy.key(key, anyBudgets()));
    return policy.policy();
  }

  private Budgets anyBudgets() {
    return new Budgets(anyAmount(), anyAmount());
  }

  private @Nullable Long anyAmount() {
    return chance.nextBoolean() ? null : Long.valueOf(chance.nextLong(MOST_NANO_USD));
  }

  private @Nullable Long anyShare() {
    return switch (chance.nextInt(4)) {
      case 0 -> null;
      case 1 -> 0L;
      default -> chance.nextLong(1_000_001);
    };
  }
}
