package io.faregate.ledger;

import io.faregate.call.AttemptKind;
import io.faregate.call.Reason;
import io.faregate.call.Segments;
import io.faregate.money.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Sums of the attempts of one quarter of an hour (UTC) that share all their dimensions.
///
/// @param costNanoUsd of the attempts that have a price
/// @param unpriced attempts without one
/// @param estimated attempts whose usage no provider reported
public record AttemptCell(
    Instant quarter,
    Dimensions dimensions,
    AttemptKind kind,
    @Nullable Reason reason,
    String tier,
    Sku sku,
    long attempts,
    Usage usage,
    Segments tokens,
    long costNanoUsd,
    long inDoubtNanoUsd,
    long unpriced,
    long estimated) {}
