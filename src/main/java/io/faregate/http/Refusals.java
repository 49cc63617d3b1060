package io.faregate.http;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.policy.KeyText;
import io.faregate.policy.Nearest;
import java.util.Set;

/// The errors that a request can meet before it is a call. Source: CLIENTS §4.
final class Refusals {
  private static final String LOOKED_AT =
      """
      ; authorization, x-api-key, api-key and x-goog-api-key were looked at, and a key of this \
      gateway begins with fg_\
      """;

  /// What a client hears whose base URL ends in `/v1` and which adds another one.
  static final String TWICE = "the path begins with /v1 twice; leave it out of the base URL";

  private static final String SERVED =
      """
      /v1/chat/completions, /v1/responses, /v1/embeddings, /v1/messages, \
      /v1/messages/count_tokens, /v1/models\
      """;

  private Refusals() {}

  /// The message tells what anyone could see in what was sent, and nothing that is known here.
  static Failure badKey(KeyText.Shape shape) {
    var message =
        switch (shape) {
          case DAMAGED ->
              "this key is incomplete or has a typo, its checksum does not fit: copy it again";
          case HASH -> "this looks like the hash of a key; send the key itself";
          case PROVIDERS -> "this looks like a provider's key; use a key of this gateway";
          case WHOLE, OTHER -> "no valid key";
        };
    return Failure.lasting(401, "authentication_error", "faregate_bad_key", message + LOOKED_AT);
  }

  static Failure noKeys() {
    return Failure.lasting(
        401,
        "authentication_error",
        "faregate_bad_key",
        "this gateway has no keys, so nobody may call; `faregate keys new` makes one");
  }

  static Failure ambiguousKey() {
    return Failure.lasting(
        400,
        "invalid_request_error",
        "faregate_ambiguous_key",
        "several headers carry different keys; send one");
  }

  /// Nothing is handed through that was not asked for by name: it would pass every limit.
  static Failure unknownPath(String path, String nearest) {
    return Failure.lasting(
        404,
        "not_found_error",
        "faregate_unknown_path",
        "%s is not served here; nearest: %s; served: %s".formatted(path, nearest, SERVED));
  }

  static Failure addressAsBase(String path, String gateway) {
    return Failure.lasting(
        404,
        "not_found_error",
        "faregate_unknown_path",
        """
        there is nothing at %s: a whole address is set as the base URL; set %s/v1, or %s for a \
        client of Anthropic\
        """
            .formatted(path, gateway, gateway));
  }

  static Failure later(String path) {
    return Failure.lasting(
        404,
        "not_found_error",
        "faregate_unknown_path",
        "%s is not served by this version; served: %s".formatted(path, SERVED));
  }

  /// @param valid the names that are listed
  static Failure unknownModel(String name, Set<String> valid) {
    var nearest = Nearest.names(name, valid, 3);
    return Failure.lasting(
        404,
        "not_found_error",
        "model_not_found",
        "there is no model \"%s\"; %sGET /v1/models lists the names"
            .formatted(
                name, nearest.isEmpty() ? "" : "nearest: " + String.join(", ", nearest) + "; "));
  }

  static Failure method(String allowed) {
    return Failure.lasting(
        405, "invalid_request_error", "faregate_bad_request", "use " + allowed + " here");
  }

  static Failure badBody(DialectException problem) {
    return Failure.badRequest(String.valueOf(problem.getMessage()), problem.param());
  }

  static Failure tooLarge(int most) {
    return Failure.lasting(
        413,
        "request_too_large",
        "faregate_too_large",
        "the body is larger than %d MiB".formatted(most / (1024 * 1024)));
  }

  static Failure tooSlow(int millis) {
    return Failure.lasting(
        408,
        "timeout_error",
        "faregate_too_slow",
        "the body had not come after %d s".formatted(millis / 1_000));
  }

  static Failure draining() {
    return Failure.passing(
        503,
        "overloaded_error",
        "faregate_draining",
        "this gateway is stopping; the next one answers in a moment");
  }
}
