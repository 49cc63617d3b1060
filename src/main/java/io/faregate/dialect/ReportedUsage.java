package io.faregate.dialect;

import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;

/// What a provider says an attempt used.
///
/// @param usage tokens in disjoint kinds
/// @param raw its own object, as it came
/// @param costNanoUsd what it says the attempt cost, or null
public record ReportedUsage(Usage usage, String raw, @Nullable Long costNanoUsd) {}
