package io.faregate.policy.route;

import io.faregate.call.ModelId;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.policy.OnExcess;
import io.faregate.policy.Refusal;
import io.faregate.policy.route.Router.Question;
import org.jspecify.annotations.Nullable;

/// Enforces the limits of input tokens on one call: those of segments, then that of the plan. Only
/// history is ever dropped, in whole turns, the oldest first; the rest of an excess is refused.
final class Trim {
  private final Question question;
  private final ModelId model;
  private final Trail trail;
  private Segments tokens;
  private Segments bytes;
  private int turns;
  private long trimmed;

  /// @param model whose bytes per token the estimate rests on
  /// @param tokens the estimated input before trimming
  Trim(Question question, ModelId model, Segments tokens, Trail trail) {
    this.question = question;
    this.model = model;
    this.trail = trail;
    this.tokens = tokens;
    this.bytes = question.call().demand().inputBytes();
  }

  /// Drops turns until the call keeps every limit; a refusal if it cannot, else null.
  @Nullable Refusal enforce() {
    for (var limit : Context.segmentLimits(question).entrySet()) {
      var refusal = enforce(limit.getKey(), limit.getValue());
      if (refusal != null) {
        return refusal;
      }
    }
    return enforcePlan();
  }

  private @Nullable Refusal enforce(Segment segment, long limit) {
    if (tokens.of(segment) <= limit) {
      return null;
    }
    var rule = "context.segments." + segment.word();
    if (segment == Segment.HISTORY
        && question.policy().context().onExcess() == OnExcess.TRIM_HISTORY) {
      drop(rule, tokens.history() - limit);
    }
    return tokens.of(segment) <= limit
        ? null
        : refuse(rule, segment.word(), tokens.of(segment), limit);
  }

  private @Nullable Refusal enforcePlan() {
    var plan = question.assignment().plan();
    if (plan.inputTokens() == null || tokens.total() <= plan.inputTokens()) {
      return null;
    }
    var rule = "plans." + plan.name() + ".input_tokens";
    if (plan.onExcess() == OnExcess.TRIM_HISTORY) {
      drop(rule, tokens.total() - plan.inputTokens());
    }
    return tokens.total() <= plan.inputTokens()
        ? null
        : refuse(rule, "input", tokens.total(), plan.inputTokens());
  }

  private Refusal refuse(String rule, String what, long tokens, long limit) {
    trail.matched(rule, "%s has %d tokens, the limit is %d".formatted(what, tokens, limit));
    return trail.refuse(
        Refusal.Kind.CONTEXT_LIMIT,
        "%s: the %s is about %d tokens, %d over the limit of %d; shorten it, or raise the limit"
            .formatted(
                rule,
                what.equals("input") ? "input" : "segment " + what,
                tokens,
                tokens - limit,
                limit));
  }

  /// Drops the oldest turns until at least `excess` tokens are gone, or no earlier turn is left.
  private void drop(String rule, long excess) {
    var all = question.call().demand().turnBytes();
    var before = tokens.history();
    var from = turns;
    while (turns < all.size() && before - tokens.history() < excess) {
      var history = bytes.history() - all.get(turns);
      bytes = bytes.withHistory(history);
      tokens = tokens.withHistory(question.snapshot().scale().tokens(model, history));
      turns++;
    }
    trimmed += before - tokens.history();
    trail.matched(
        rule,
        "over by %d tokens: the %d oldest turns are dropped, %d tokens"
            .formatted(excess, turns - from, before - tokens.history()));
  }

  Segments tokens() {
    return tokens;
  }

  Segments bytes() {
    return bytes;
  }

  int turns() {
    return turns;
  }

  long tokensTrimmed() {
    return trimmed;
  }
}
