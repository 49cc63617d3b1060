package io.faregate.policy;

import io.faregate.call.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why the book refused the first hold of a call on one tier. It is part of the snapshot, so that
/// the decision that follows from it can be made again without the book.
///
/// @param reason why the call goes to another tier; null if it goes to none
/// @param limit its key in the configuration (`daily_spend`, `monthly_budget`, `premium_share`), or
///   `max_cost`, which the call brought along
/// @param scope whose spend it limits (`all`, `tier:premium`, `workflow:support`, `key:web-free`,
///   `call`)
/// @param message for the caller of a call that is refused for it: what is left, what to do
/// @param resetsAt when it resets, or null
/// @param kind the refusal that it becomes when no other tier is left
public record Limited(
    @Nullable Reason reason,
    String limit,
    String scope,
    String message,
    @Nullable Instant resetsAt,
    Refusal.Kind kind) {
  /// What stands in the way, in a word: the reason, or the limit.
  public String word() {
    return reason == null ? limit : reason.word();
  }
}
