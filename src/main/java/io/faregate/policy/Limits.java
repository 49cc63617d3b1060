package io.faregate.policy;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a call, a day and a month may use at most. What is absent does not limit.
///
/// @param deadline to the first relayed content, or to the whole answer if it is not streamed
/// @param attemptTimeout the same for one attempt
/// @param idle the longest silence between two pieces of a stream
/// @param dailySpendNanoUsd by tier
/// @param budgets of all traffic
/// @param premiumShare of a workflow's calls, in millionths, unless the workflow has its own
public record Limits(
    int fallbacksPerCall,
    int attemptsPerCall,
    Duration deadline,
    Duration attemptTimeout,
    Duration idle,
    Map<String, Long> dailySpendNanoUsd,
    Budgets budgets,
    @Nullable Long premiumShare,
    int premiumBurst,
    WhenLimited whenLimited) {
  /// The limits of a policy that sets none.
  public static final Limits DEFAULT =
      new Limits(
          1,
          3,
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Map.of(),
          Budgets.NONE,
          null,
          10,
          WhenLimited.DOWNGRADE);

  public Limits {
    dailySpendNanoUsd = Map.copyOf(dailySpendNanoUsd);
    if (attemptsPerCall < 1 || fallbacksPerCall < 0) {
      throw new IllegalArgumentException("a call needs at least one attempt");
    }
  }

  /// What may be spent in a day and in a month; null does not limit.
  public record Budgets(@Nullable Long dailyNanoUsd, @Nullable Long monthlyNanoUsd) {
    /// No budget.
    public static final Budgets NONE = new Budgets(null, null);
  }

  /// What becomes of a call whose tier is used up.
  public enum WhenLimited {
    /// It goes to the next lower tier.
    DOWNGRADE,
    /// It is refused.
    REFUSE
  }
}
