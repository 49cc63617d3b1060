package io.faregate.ledger;

import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Segments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Sums of the calls of one quarter of an hour (UTC) that share all their dimensions.
///
/// @param reason the first one, or null
/// @param refused calls that we refused
/// @param unpriced calls with an attempt whose cost nobody knows
public record CallCell(
    Instant quarter,
    Dimensions dimensions,
    @Nullable String firstTier,
    @Nullable String tier,
    @Nullable ModelId model,
    @Nullable Reason reason,
    long calls,
    long refused,
    Segments tokens,
    long costNanoUsd,
    long unpriced) {}
