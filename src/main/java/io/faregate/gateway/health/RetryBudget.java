package io.faregate.gateway.health;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much may be tried again: retries and fallbacks to one provider stay within a fifth of its
/// first attempts and ten a second, over ten seconds, so that an outage is not answered with a
/// multiple of the traffic. Sources: PRODUCT §3; Finagle, RetryBudget (20 %, 10/s, 10 s).
///
/// In every ten seconds that end with a retry, retries are at most a fifth of the first attempts of
/// those ten seconds and a hundred: first attempts are counted over nine to ten seconds, retries
/// over ten to eleven. Shared by all event loops; the lock is held for a few additions.
public final class RetryBudget {
  /// Providers that are remembered; a policy has a handful.
  private static final int MOST_PROVIDERS = 10_000;

  private static final int SECONDS = 10;
  private static final int RETRIES_PER_SECOND = 10;
  private static final int FIRSTS_PER_RETRY = 5;

  private final Map<String, Counts> providers = new HashMap<>();

  /// Notes a first attempt.
  public synchronized void first(String provider, long nanos) {
    var counts = counts(provider);
    if (counts != null) {
      counts.firsts.add(nanos);
    }
  }

  /// Takes one retry or fallback out of the budget of the provider that it would go to.
  ///
  /// @return false, and nothing is taken, when the budget is used up: the error in hand is then
  ///   what the client gets
  public synchronized boolean mayRetry(String provider, long nanos) {
    var counts = counts(provider);
    if (counts == null || counts.left(nanos) < 1) {
      return false;
    }
    counts.retries.add(nanos);
    return true;
  }

  /// How many retries and fallbacks the provider may get at this moment.
  public synchronized long left(String provider, long nanos) {
    var counts = providers.get(provider);
    return counts == null ? SECONDS * RETRIES_PER_SECOND : counts.left(nanos);
  }

  /// Null for one provider more than are remembered: it gets no retries.
  private @Nullable Counts counts(String provider) {
    var known = providers.get(provider);
    if (known != null || providers.size() >= MOST_PROVIDERS) {
      return known;
    }
    var counts = new Counts();
    providers.put(provider, counts);
    return counts;
  }

  private static final class Counts {
    private final RollingCount firsts = new RollingCount(SECONDS);
    private final RollingCount retries = new RollingCount(SECONDS + 1);

    long left(long nanos) {
      var allowed = firsts.sum(nanos) / FIRSTS_PER_RETRY + SECONDS * RETRIES_PER_SECOND;
      return Math.max(0, allowed - retries.sum(nanos));
    }
  }
}
