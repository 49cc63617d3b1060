package io.faregate.gateway;

import io.faregate.call.ModelId;
import io.faregate.policy.TokenScale;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Learns from what providers report how many bytes of text make a token at each model. What it
/// publishes is one immutable value, renewed only when a model has moved by two per cent; it may be
/// taught from several event loops.
public final class ScaleLearner {
  private static final double WEIGHT = 0.1;
  private static final double MOVED = 0.02;
  private static final long ENOUGH_TOKENS = 50;

  private final AtomicReference<TokenScale> published = new AtomicReference<>(TokenScale.UNLEARNED);
  private final Map<ModelId, Double> learned = new HashMap<>();

  /// What has been learned so far.
  public TokenScale scale() {
    return published.get();
  }

  /// So many bytes were so many tokens. Small calls teach nothing: their syntax weighs too much.
  void learn(ModelId model, long bytes, long tokens) {
    if (tokens < ENOUGH_TOKENS || bytes < tokens) {
      return;
    }
    var ratio = (double) bytes / tokens;
    synchronized (learned) {
      var mean = learned.merge(model, ratio, (old, now) -> old + WEIGHT * (now - old));
      var shown = published.get().bytesPerToken().get(model);
      if (shown == null || Math.abs(mean / shown - 1) > MOVED) {
        published.set(new TokenScale(Map.copyOf(learned)));
      }
    }
  }
}
