package io.faregate.dialect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An error of ours, before it is written in a dialect.
///
/// @param type as OpenAI names the sort of error
/// @param code stable in every dialect
/// @param message what happened, what it means and what to do; it alone must do
/// @param param the field at fault, or null
/// @param call the id that the log has too, or null before there is one
/// @param retry whether the same request may do better soon; null leaves it to the status
/// @param retryAfterSeconds when, or null
/// @param reached the limit that stands in the way, or null
public record Failure(
    int status,
    String type,
    String code,
    String message,
    @Nullable String param,
    @Nullable String call,
    @Nullable Boolean retry,
    @Nullable Integer retryAfterSeconds,
    @Nullable Reached reached) {
  /// A failure that the same request would meet again.
  public static Failure lasting(int status, String type, String code, String message) {
    return new Failure(status, type, code, message, null, null, false, null, null);
  }

  /// A fault of Faregate's own; the log has it under the id of the call.
  public static Failure bug() {
    return lasting(500, "api_error", "faregate_bug", "a bug in Faregate ended this call");
  }

  /// A failure that passes: the same request may do better in a second.
  public static Failure passing(int status, String type, String code, String message) {
    return new Failure(status, type, code, message, null, null, true, 1, null);
  }

  /// A limit of spend that the same request would meet again until it resets.
  public static Failure limited(int status, String code, String message, Reached reached) {
    return new Failure(
        status, "insufficient_quota", code, message, null, null, false, null, reached);
  }

  /// A body or a name that is wrong, with the field at fault.
  public static Failure badRequest(String message, @Nullable String param) {
    return new Failure(
        400,
        "invalid_request_error",
        "faregate_bad_request",
        message,
        param,
        null,
        null,
        null,
        null);
  }

  /// The same with the id of its call.
  public Failure ofCall(String id) {
    return new Failure(status, type, code, message, param, id, retry, retryAfterSeconds, reached);
  }

  /// A limit that is used up.
  ///
  /// @param limit its name, or null for a refusal that names none
  /// @param resetsAt when it resets, or null
  public record Reached(@Nullable String limit, @Nullable Instant resetsAt) {}
}
