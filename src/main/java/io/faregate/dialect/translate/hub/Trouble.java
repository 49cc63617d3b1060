package io.faregate.dialect.translate.hub;

import io.faregate.dialect.ProviderError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A provider's error, whatever the dialect.
///
/// @param status the HTTP status it came with; 0 inside a stream that had begun
/// @param message in the provider's words
/// @param code as OpenAI names codes, or null
/// @param param the field at fault, or null
public record Trouble(
    int status, Kind kind, String message, @Nullable String code, @Nullable String param) {
  /// OpenAI's code for an input that is too long.
  public static final String CONTEXT_LENGTH = "context_length_exceeded";

  /// Azure's code for an input that its filter has stopped, which it bills. Source: FORMULAS §1.3.
  public static final String CONTENT_FILTER = "content_filter";

  private static final int MAX_MESSAGE = 4_000;

  /// An error with the provider's words, or ours where it has none.
  public static Trouble of(int status, Kind kind, String message) {
    var told = message.isEmpty() ? "the provider answered with status " + status : message;
    var cut = told.length() > MAX_MESSAGE ? told.substring(0, MAX_MESSAGE) : told;
    boolean tooLong =
        (kind == Kind.INVALID || kind == Kind.TOO_LARGE) && ProviderError.tellsOfLength(message);
    return new Trouble(status, kind, cut, tooLong ? CONTEXT_LENGTH : null, null);
  }

  /// An error in a stream that had begun.
  public static Trouble midStream(Kind kind, String message) {
    return new Trouble(0, kind, message, null, null);
  }

  /// What it means for the chain, whether the error is translated or goes to the client as it is.
  public ProviderError meaning() {
    if (CONTEXT_LENGTH.equals(code)) {
      return ProviderError.CONTEXT_LENGTH;
    }
    if (CONTENT_FILTER.equals(code)) {
      return ProviderError.FILTERED;
    }
    return switch (kind) {
      case RATE -> ProviderError.RATE_LIMITED;
      case KEY, BILLING, PERMISSION, UNKNOWN_NAME -> ProviderError.OURS;
      case INVALID, TOO_LARGE -> ProviderError.CLIENTS;
      case SERVER, OVERLOADED, TIMEOUT -> ProviderError.PASSING;
    };
  }

  /// The sorts of errors, with the word of each dialect for them. Source: CLIENTS §4; the error
  /// types of the Messages API.
  public enum Kind {
    /// The request is wrong.
    INVALID(400, "invalid_request_error", "invalid_request_error"),
    /// The key is wrong or missing.
    KEY(401, "authentication_error", "authentication_error"),
    /// The account is out of credit.
    BILLING(402, "insufficient_quota", "billing_error"),
    /// The key may not do this.
    PERMISSION(403, "permission_error", "permission_error"),
    /// There is no such model or path.
    UNKNOWN_NAME(404, "not_found_error", "not_found_error"),
    /// The body is too large.
    TOO_LARGE(413, "request_too_large", "request_too_large"),
    /// Too many requests or tokens.
    RATE(429, "rate_limit_exceeded", "rate_limit_error"),
    /// The provider broke.
    SERVER(500, "api_error", "api_error"),
    /// The provider has too much to do.
    OVERLOADED(503, "overloaded_error", "overloaded_error"),
    /// The provider was too slow.
    TIMEOUT(504, "timeout_error", "timeout_error");

    private static final Pattern STATUS = Pattern.compile("[45][0-9]{2}");

    private final int status;
    private final String openai;
    private final String anthropic;

    Kind(int status, String openai, String anthropic) {
      this.status = status;
      this.openai = openai;
      this.anthropic = anthropic;
    }

    /// The usual HTTP status.
    public int status() {
      return status;
    }

    /// The `type` in the OpenAI dialects.
    public String openai() {
      return openai;
    }

    /// The `type` in the Messages dialect.
    public String anthropic() {
      return anthropic;
    }

    /// The kind that a word of a provider tells, which may be the code or the type of an error;
    /// null if it tells none.
    public static @Nullable Kind named(String word) {
      for (var kind : values()) {
        if (kind.openai.equals(word) || kind.anthropic.equals(word)) {
          return kind;
        }
      }
      return switch (word) {
        case CONTEXT_LENGTH, CONTENT_FILTER, "invalid_prompt" -> INVALID;
        case "invalid_api_key" -> KEY;
        case "model_not_found" -> UNKNOWN_NAME;
        case "server_error" -> SERVER;
        default -> null;
      };
    }

    /// The kind of an error object of OpenAI that came without a status, as in a stream. The code
    /// goes before the type, which may be no more than a heading; with some servers it is a status.
    public static Kind of(JsonNode error) {
      var code = error.path("code").asString("");
      if (STATUS.matcher(code).matches()) {
        return of(Integer.parseInt(code));
      }
      var coded = named(code);
      var typed = coded == null ? named(Tree.string(error, "type")) : coded;
      return typed == null ? SERVER : typed;
    }

    /// The kind that an HTTP status tells.
    public static Kind of(int status) {
      return switch (status) {
        // The second is of a proxy on the way, whose password is ours to mend too.
        case 401, 407 -> KEY;
        case 402 -> BILLING;
        case 403 -> PERMISSION;
        case 404 -> UNKNOWN_NAME;
        case 408, 504 -> TIMEOUT;
        case 413 -> TOO_LARGE;
        case 429 -> RATE;
        case 409, 424 -> SERVER;
        case 503, 529 -> OVERLOADED;
        default -> status >= 400 && status < 500 ? INVALID : SERVER;
      };
    }
  }
}
