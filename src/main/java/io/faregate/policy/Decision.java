package io.faregate.policy;

import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.call.Segments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a call goes, and every rule that was looked at on the way there.
///
/// @param firstTier of the step or task, before any rule moved the call
/// @param reasons why it does not start on `firstTier`, in the order in which they arose
/// @param chain the models to try in order, at least one
/// @param tokens estimated input by segment, after trimming
/// @param turnsTrimmed how many of the oldest turns are to be dropped
/// @param tokensTrimmed the estimated tokens of those
/// @param outputLimit most output tokens that client, step and plan allow; null when none limits
public record Decision(
    Assignment assignment,
    String firstTier,
    List<Reason> reasons,
    List<Rung> chain,
    List<Rule> rules,
    Segments tokens,
    int turnsTrimmed,
    long tokensTrimmed,
    @Nullable Long outputLimit)
    implements Routing {
  public Decision {
    reasons = List.copyOf(reasons);
    chain = List.copyOf(chain);
    rules = List.copyOf(rules);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a decision has at least one model to try");
    }
  }

  /// The tier on which the call starts.
  public String tier() {
    return chain.getFirst().tier();
  }
}
