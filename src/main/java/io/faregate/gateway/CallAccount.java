package io.faregate.gateway;

import io.faregate.call.Call;
import io.faregate.call.Segments;
import io.faregate.dialect.Failure;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Costs;
import io.faregate.ledger.Dimensions;
import io.faregate.policy.Assignment;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes the row of a call that is over.
final class CallAccount {
  private final Time time;

  CallAccount(Time time) {
    this.time = time;
  }

  /// The row of a call that was tried.
  ///
  /// @param failure our own refusal at its end, or null
  CallEntry of(Exchange exchange, int status, @Nullable Failure failure) {
    var arrival = exchange.arrival();
    var call = arrival.call();
    var decision = exchange.decision();
    var attempts = exchange.attempts();
    var last = attempts.isEmpty() ? null : attempts.getLast();
    var costs = Costs.of(attempts);
    var nanos = time.nanos();
    return new CallEntry(
        call.id(),
        call.startedAt(),
        arrival.at(nanos),
        exchange.dimensions(),
        call.work().user(),
        call.work().session(),
        call.work().tags(),
        call.work().action(),
        call.work().justification(),
        decision.assignment().taskSource(),
        exchange.policy().version(),
        last == null ? null : last.priceDate(),
        decision.firstTier(),
        last == null ? null : last.tier(),
        last == null ? null : last.sku().model(),
        List.copyOf(exchange.reasons()),
        exchange.rules(),
        decision.chain(),
        decision.tokens(),
        decision.tokensTrimmed(),
        last == null || last.usage() == null ? null : last.usage().output(),
        call.demand().streamed(),
        status,
        failure == null ? null : failure.code(),
        null,
        arrival.clientRetries(),
        arrival.requestId(),
        exchange.tried(),
        exchange.firstPieceNanos() < 0 ? null : millis(arrival, exchange.firstPieceNanos()),
        millis(arrival, nanos),
        TimeUnit.NANOSECONDS.toMicros(exchange.firstSentNanos() - arrival.arrivedNanos()),
        costs.nanoUsd(),
        costs.inDoubtNanoUsd(),
        costs.unpriced());
  }

  /// The row of a call that was refused before anything was tried.
  ///
  /// @param refusal what the router said, or null if it was not asked
  CallEntry refused(Arrival arrival, Policy policy, @Nullable Refusal refusal, Failure failure) {
    var call = arrival.call();
    var assignment = refusal == null ? null : refusal.assignment();
    var nanos = time.nanos();
    return new CallEntry(
        call.id(),
        call.startedAt(),
        arrival.at(nanos),
        assignment == null ? named(call) : dimensions(call, assignment),
        call.work().user(),
        call.work().session(),
        call.work().tags(),
        call.work().action(),
        call.work().justification(),
        assignment == null ? null : assignment.taskSource(),
        policy.version(),
        null,
        null,
        null,
        null,
        refusal == null || refusal.reason() == null ? List.of() : List.of(refusal.reason()),
        refusal == null ? List.of() : refusal.rules(),
        List.of(),
        Segments.NONE,
        0,
        null,
        call.demand().streamed(),
        failure.status(),
        failure.code(),
        refusal == null ? null : refusal.limit(),
        arrival.clientRetries(),
        arrival.requestId(),
        0,
        null,
        millis(arrival, nanos),
        TimeUnit.NANOSECONDS.toMicros(nanos - arrival.arrivedNanos()),
        0L,
        0,
        0);
  }

  /// Where a call is counted, once all its names are known.
  static Dimensions dimensions(Call call, Assignment assignment) {
    return new Dimensions(
        call.caller().key(),
        assignment.plan().name(),
        assignment.workflow(),
        assignment.step(),
        assignment.row().name());
  }

  /// Names that were not checked against the policy are left out: a scanner's inventions would
  /// become dimensions of every report.
  private static Dimensions named(Call call) {
    var plan = call.caller().plan();
    return new Dimensions(
        call.caller().key(), plan == null ? "" : plan, call.caller().workflow(), null, "");
  }

  private static long millis(Arrival arrival, long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - arrival.arrivedNanos());
  }
}
