package io.faregate.gateway.health;

import io.faregate.call.ModelId;
import io.faregate.gateway.health.HealthState.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which models answer, by what their attempts came to. Times are monotonic nanoseconds that the
/// caller reads. Shared by all event loops: what every call asks is one read of an immutable map of
/// the models in trouble; what attempts tell is noted under a lock that is held for a few steps.
public final class Health {
  /// Models that are remembered; beyond it the one that was longest without an attempt is
  /// forgotten.
  static final int MOST_MODELS = 10_000;

  private final LinkedHashMap<ModelId, Breaker> breakers = new LinkedHashMap<>(16, 0.75f, true);

  /// The models in trouble, and until when each is passed over.
  private volatile Map<ModelId, Long> troubled = Map.of();

  /// The models that calls should pass over now.
  public Set<ModelId> unhealthy(long nanos) {
    var now = troubled;
    if (now.isEmpty()) {
      return Set.of();
    }
    var unhealthy = new HashSet<ModelId>();
    now.forEach((model, until) -> {
      if (until - nanos > 0) {
        unhealthy.add(model);
      }
    });
    return unhealthy;
  }

  /// An attempt is about to be sent, whatever this says. After an outage the first one is the
  /// trial: until it is over the model is among the [#unhealthy] again, and calls that come then
  /// pass it over. Those that were decided before, and those that have no other model, go there
  /// beside it.
  ///
  /// @return whether the model was not passed over at that moment
  public boolean begin(ModelId model, long nanos) {
    return !troubled.containsKey(model) || beginTroubled(model, nanos);
  }

  /// An attempt is over. Each one that was begun is to be told of, or a trial lasts for its whole
  /// time.
  ///
  /// @param sentNanos the time that [#begin] was told
  public synchronized void end(ModelId model, Sign sign, long sentNanos, long nanos) {
    var breaker = breakers.get(model);
    if (breaker == null) {
      breaker = new Breaker(nanos);
      breakers.put(model, breaker);
      forgetOne();
    }
    breaker.end(sign, sentNanos, nanos);
    publish(model, breaker);
  }

  /// Forgets the models that a new policy lacks.
  public synchronized void keep(Collection<ModelId> models) {
    var kept = Set.copyOf(models);
    breakers.keySet().retainAll(kept);
    var left = new HashMap<>(troubled);
    left.keySet().retainAll(kept);
    troubled = Map.copyOf(left);
  }

  /// How each model stands that had an attempt, by name.
  ///
  /// @param nanos the moment, as attempts know it
  /// @param now the same moment as a date
  public synchronized List<HealthState> states(long nanos, Instant now) {
    return breakers.entrySet().stream()
        .map(entry -> state(entry.getKey(), entry.getValue(), nanos, now))
        .sorted(Comparator.comparing(state -> state.model().toString()))
        .toList();
  }

  private synchronized boolean beginTroubled(ModelId model, long nanos) {
    var breaker = breakers.get(model);
    if (breaker == null) {
      return true;
    }
    var begun = breaker.begin(nanos);
    publish(model, breaker);
    return begun;
  }

  private void forgetOne() {
    if (breakers.size() > MOST_MODELS) {
      var eldest = breakers.firstEntry().getKey();
      breakers.remove(eldest);
      publish(eldest, null);
    }
  }

  private void publish(ModelId model, @Nullable Breaker breaker) {
    var until = breaker == null || !breaker.isTroubled() ? null : breaker.passedOverUntil();
    if (Objects.equals(until, troubled.get(model))) {
      return;
    }
    var changed = new HashMap<>(troubled);
    if (until == null) {
      changed.remove(model);
    } else {
      changed.put(model, until);
    }
    troubled = Map.copyOf(changed);
  }

  private static HealthState state(ModelId model, Breaker breaker, long nanos, Instant now) {
    var standing = breaker.standing(nanos);
    var passedOver = standing == Standing.OPEN || standing == Standing.RATE_LIMITED;
    return new HealthState(
        model,
        standing,
        now.plusNanos(breaker.sinceNanos(nanos) - nanos),
        passedOver ? now.plusNanos(breaker.passedOverUntil() - nanos) : null,
        breaker.reason(),
        breaker.inARow());
  }
}
