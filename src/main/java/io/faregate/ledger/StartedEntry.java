package io.faregate.ledger;

import io.faregate.call.AttemptKind;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Segments;
import io.faregate.call.UsageSource;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An attempt that is about to be sent, with the money set aside for it. Without an [AttemptEntry]
/// of the same number it was cut off by a crash, and counts at its full hold.
///
/// @param attempt counts from 1 within the call
/// @param holdNanoUsd the most it can cost; null when unpriced
/// @param priceDate the first day of the price row, or null when unpriced
public record StartedEntry(
    String call,
    int attempt,
    Instant startedAt,
    Dimensions dimensions,
    @Nullable String action,
    AttemptKind kind,
    @Nullable Reason reason,
    String tier,
    ModelId model,
    @Nullable Long holdNanoUsd,
    @Nullable LocalDate priceDate,
    String policyVersion)
    implements Entry {
  /// The end of the attempt when the process died before there was one: at its full hold in doubt.
  public AttemptEntry crashed() {
    return new AttemptEntry(
        call,
        attempt,
        0,
        startedAt,
        dimensions,
        action,
        kind,
        reason,
        tier,
        Sku.direct(model),
        null,
        null,
        null,
        Segments.NONE,
        UsageSource.UNKNOWN,
        null,
        null,
        priceDate,
        holdNanoUsd == null ? null : 0L,
        null,
        holdNanoUsd,
        holdNanoUsd == null ? 0 : holdNanoUsd,
        Ending.CRASHED,
        0,
        null,
        null,
        0,
        "Faregate stopped while it was under way");
  }
}
