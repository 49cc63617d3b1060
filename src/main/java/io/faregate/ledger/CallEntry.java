package io.faregate.ledger;

import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.call.Segments;
import io.faregate.call.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call that is over, as one row of the ledger: what was decided, why, and what came of it.
///
/// @param taskSource null when the call was refused before its task was known
/// @param firstTier of the step or task, before any rule moved the call; null when refused early
/// @param tier that answered, or the last one tried; null when none was
/// @param model that answered, or the last one tried; null when none was
/// @param tokens estimated input by segment, as decided
/// @param tokensTrimmed input dropped with the oldest turns
/// @param tokensOutput written by the attempt that answered; null when unknown
/// @param status what the client got, 499 when it left first
/// @param refusal the code of our own refusal, or null
/// @param firstByteMillis to the first piece of the answer, or null when there was none
/// @param overheadMicros our own share of the time to the first byte
/// @param costNanoUsd of all attempts that have a price; null when none has one
/// @param unpricedAttempts attempts whose cost nobody knows
public record CallEntry(
    String call,
    Instant startedAt,
    Instant endedAt,
    Dimensions dimensions,
    @Nullable String user,
    @Nullable String session,
    @Nullable String tags,
    @Nullable String action,
    @Nullable String justification,
    @Nullable Source taskSource,
    String policyVersion,
    @Nullable LocalDate priceDate,
    @Nullable String firstTier,
    @Nullable String tier,
    @Nullable ModelId model,
    List<Reason> reasons,
    List<Rule> rules,
    List<Rung> chain,
    Segments tokens,
    long tokensTrimmed,
    @Nullable Long tokensOutput,
    boolean streamed,
    int status,
    @Nullable String refusal,
    @Nullable String refusalLimit,
    int clientRetries,
    @Nullable String requestId,
    int attempts,
    @Nullable Long firstByteMillis,
    long durationMillis,
    long overheadMicros,
    @Nullable Long costNanoUsd,
    long inDoubtNanoUsd,
    int unpricedAttempts)
    implements Entry {
  public CallEntry {
    reasons = List.copyOf(reasons);
    rules = List.copyOf(rules);
    chain = List.copyOf(chain);
  }
}
