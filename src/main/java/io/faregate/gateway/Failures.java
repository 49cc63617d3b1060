package io.faregate.gateway;

import io.faregate.dialect.Failure;
import io.faregate.policy.Refusal;
import java.time.Duration;

/// The errors that a call can meet on its way, in words for its client. Source: CLIENTS §4.
final class Failures {
  private Failures() {}

  static Failure of(Refusal refusal) {
    var kind = refusal.kind();
    var type =
        switch (kind) {
          case UNKNOWN_NAME, CONTEXT_LIMIT -> "invalid_request_error";
          case UNKNOWN_MODEL -> "not_found_error";
          case NOT_ALLOWED -> "permission_error";
          case NO_ROUTE -> "api_error";
        };
    return Failure.lasting(kind.status(), type, kind.code(), refusal.message());
  }

  static Failure journalNotWritable() {
    return new Failure(
        503,
        "overloaded_error",
        "faregate_store_unavailable",
        "the journal cannot be written, and no call is admitted without it;"
            + " whoever runs this gateway finds the cause at /readyz of its admin port",
        null,
        null,
        true,
        5);
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
        "no answer began within the deadline of %d s; see `faregate why` with this call's id"
            .formatted(deadline.toSeconds()));
  }
}
