package io.faregate.ledger;

import io.faregate.call.AttemptKind;
import io.faregate.call.Ending;
import io.faregate.call.Reason;
import io.faregate.call.Segments;
import io.faregate.call.UsageSource;
import io.faregate.money.Usage;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An attempt that is over, as one row of the ledger.
///
/// @param attempt counts from 1 within the call
/// @param revision 0 for the first account of it; a correction is the next number
/// @param action what the business counts, or null
/// @param modelServed the model as the provider named it in its answer, or null
/// @param usageReported the provider's own usage object as it came, or null
/// @param usage tokens by kind; null when nobody knows them
/// @param tokens input by segment, scaled to the provider's total
/// @param rates the rates applied, a line of [io.faregate.money.RatesText]; null when unpriced
/// @param priceSource where the price came from; null when unpriced
/// @param priceDate first day of the price row; null when unpriced
/// @param costNanoUsd null when unpriced
/// @param providerCostNanoUsd what the provider itself says it cost, or null
/// @param holdNanoUsd what was set aside; null when unpriced
/// @param inDoubtNanoUsd what it may have cost beyond `costNanoUsd`
/// @param status of HTTP, 0 when no answer came
/// @param problem why no whole answer came, or what is wrong with the usage of one that did, in our
///   own words; null where neither is so, where the provider refused and where the client left
public record AttemptEntry(
    String call,
    int attempt,
    int revision,
    Instant startedAt,
    Dimensions dimensions,
    @Nullable String action,
    AttemptKind kind,
    @Nullable Reason reason,
    String tier,
    Sku sku,
    @Nullable String modelServed,
    @Nullable String usageReported,
    @Nullable Usage usage,
    Segments tokens,
    UsageSource usageSource,
    @Nullable String rates,
    @Nullable String priceSource,
    @Nullable LocalDate priceDate,
    @Nullable Long costNanoUsd,
    @Nullable Long providerCostNanoUsd,
    @Nullable Long holdNanoUsd,
    long inDoubtNanoUsd,
    Ending ending,
    int status,
    @Nullable String providerRequestId,
    @Nullable Long firstByteMillis,
    long durationMillis,
    @Nullable String problem)
    implements Entry {
  /// The next revision, in which somebody has said for certain what it cost: nothing of it is in
  /// doubt any more.
  public AttemptEntry corrected(long costNanoUsd) {
    return new AttemptEntry(
        call,
        attempt,
        revision + 1,
        startedAt,
        dimensions,
        action,
        kind,
        reason,
        tier,
        sku,
        modelServed,
        usageReported,
        usage,
        tokens,
        usageSource,
        rates,
        priceSource,
        priceDate,
        costNanoUsd,
        providerCostNanoUsd,
        holdNanoUsd,
        0,
        ending,
        status,
        providerRequestId,
        firstByteMillis,
        durationMillis,
        problem);
  }

  /// Whether it may have been billed and no provider said for how much.
  public boolean unreported() {
    return switch (ending) {
      case REFUSED, UNSENT -> false;
      case ANSWERED, NO_USAGE, CUT, ABANDONED, REFUSED_BILLED, LOST, CRASHED ->
          usageSource != UsageSource.PROVIDER;
    };
  }

  /// Whether its cost is not known for certain: some of it is in doubt, or nothing is known of it.
  /// What a provider did report may be in doubt too, where nobody knows its price.
  public boolean inDoubt() {
    return inDoubtNanoUsd > 0 || (usageSource == UsageSource.UNKNOWN && costNanoUsd == null);
  }
}
