package io.faregate.budget;

import org.jspecify.annotations.Nullable;

/// The premium share of a workflow, or of all calls without one when `workflow` is null.
///
/// @param shareMillionths of its calls may be served by the top tier, beyond `premium_burst`
/// @param calls admitted so far
/// @param premiumCalls of these, on the top tier
/// @param creditMillionths what is left; a call on the top tier takes a million
public record PremiumState(
    @Nullable String workflow,
    long shareMillionths,
    long calls,
    long premiumCalls,
    long creditMillionths) {
  /// Whose share it is, in the words of limits: `workflow:support`, or `no workflow`.
  public String scope() {
    return Limit.scopeOfWorkflow(workflow);
  }
}
