package io.faregate.budget;

import org.jspecify.annotations.Nullable;

/// On whose limits an attempt counts besides those of all traffic.
///
/// @param workflow null for a call without one
/// @param tier of the model that the attempt goes to
public record Spender(String key, @Nullable String workflow, String tier) {}
