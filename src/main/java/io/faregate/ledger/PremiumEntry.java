package io.faregate.ledger;

import org.jspecify.annotations.Nullable;

/// The premium credit of a workflow after a call has earned, taken or given back some of it. Credit
/// depends on the order of calls, so it is written down rather than worked out again; the last
/// entry of a workflow holds.
///
/// @param call the call that changed it
/// @param workflow null for the calls without one
/// @param calls admitted so far
/// @param premiumCalls of these, on the top tier
/// @param creditMillionths what is left; a call on the top tier takes a million
public record PremiumEntry(
    String call, @Nullable String workflow, long calls, long premiumCalls, long creditMillionths)
    implements Entry {}
