package io.faregate.worksheet.plan;

import java.util.List;

/// A chain of tiers of which failure probabilities are known, rather than rates that were seen.
///
/// @param tiers in the order in which they are tried
/// @param correlated share of failures, in millionths, that every retry meets again, as in an
///   outage
/// @param used whether the route is worked out from it; otherwise it is shown beside the averages
public record ChainPlan(List<ChainTier> tiers, long correlated, boolean used) {
  public ChainPlan {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty() || correlated < 0 || correlated > Odds.ALL) {
      throw new IllegalArgumentException("not a chain: %s, %d".formatted(tiers, correlated));
    }
  }
}
