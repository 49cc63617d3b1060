package io.faregate.gateway;

import io.faregate.dialect.Failure;
import io.faregate.policy.Refusal;
import java.math.BigDecimal;
import java.time.Duration;

/// The errors that a call can meet on its way, in words for its client. Source: CLIENTS §4.
final class Failures {
  private Failures() {}

  static Failure of(Refusal refusal) {
    return switch (refusal.kind()) {
      case UNKNOWN_NAME, CONTEXT_LIMIT, UNSUPPORTED -> lasting("invalid_request_error", refusal);
      case UNKNOWN_MODEL -> lasting("not_found_error", refusal);
      case NOT_ALLOWED -> lasting("permission_error", refusal);
      case BUDGET_EXCEEDED, MAX_COST, PREMIUM_SHARE, UNPRICED_MODEL, UNBOUNDED_COST ->
          limited(refusal);
      case NO_ROUTE -> lasting("api_error", refusal);
    };
  }

  private static Failure lasting(String type, Refusal refusal) {
    var kind = refusal.kind();
    return Failure.lasting(kind.status(), type, kind.code(), refusal.message());
  }

  private static Failure limited(Refusal refusal) {
    var kind = refusal.kind();
    var reached = new Failure.Reached(refusal.limit(), refusal.resetsAt());
    return Failure.limited(kind.status(), kind.code(), refusal.message(), reached);
  }

  static Failure foreignAnswer() {
    return Failure.badRequest(
        "previous_response_id names no answer that was given to this key", "previous_response_id");
  }

  static Failure journalNotWritable() {
    return new Failure(
        503,
        "overloaded_error",
        "faregate_store_unavailable",
        "the journal cannot be written, and no call is admitted without it;"
            + " whoever runs this gateway finds the cause at /api/v1/status of its admin port",
        null,
        null,
        true,
        5,
        null);
  }

  static Failure attemptsExhausted(int attempts) {
    return Failure.lasting(
        502,
        "api_error",
        "faregate_attempts_exhausted",
        "no provider answered after %d attempts; see `faregate why` with this call's id"
            .formatted(attempts));
  }

  static Failure deadline(Duration deadline) {
    return Failure.lasting(
        504,
        "timeout_error",
        "faregate_deadline",
        "no answer began within the deadline of %s s; see `faregate why` with this call's id"
            .formatted(
                BigDecimal.valueOf(deadline.toMillis(), 3).stripTrailingZeros().toPlainString()));
  }
}
