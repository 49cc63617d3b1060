package io.faregate.simulator;

/// A call that the provider declines in OpenAI's error shape.
final class ChatError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String type;
  private final String code;

  /// `code` is empty where OpenAI answers `null`.
  ChatError(int status, String type, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
  }

  static ChatError badRequest(String message) {
    return new ChatError(400, "invalid_request_error", "", message);
  }

  static ChatError unknownModel(String model) {
    return new ChatError(
        404,
        "invalid_request_error",
        "model_not_found",
        "The model `%s` does not exist or you do not have access to it.".formatted(model));
  }

  static ChatError badKey() {
    return new ChatError(
        401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
  }

  static ChatError contextLength(long windowTokens, long promptTokens) {
    return new ChatError(
        400,
        "invalid_request_error",
        "context_length_exceeded",
        ("This model's maximum context length is %d tokens. However, your messages resulted in %d"
                + " tokens. Please reduce the length of the messages.")
            .formatted(windowTokens, promptTokens));
  }

  static ChatError unknownPath() {
    return new ChatError(404, "invalid_request_error", "unknown_url", "Unknown request URL.");
  }

  /// What a provider says with a bare status.
  static ChatError ofStatus(int status) {
    return switch (status) {
      case 401 -> badKey();
      case 429 ->
          new ChatError(
              status, "requests", "rate_limit_exceeded", "Rate limit reached (simulated).");
      case 503 ->
          new ChatError(status, "server_error", "", "The server is overloaded (simulated).");
      default ->
          status >= 500
              ? new ChatError(status, "server_error", "", "The server had an error (simulated).")
              : new ChatError(status, "invalid_request_error", "", "Declined (simulated).");
    };
  }

  int status() {
    return status;
  }

  /// `{"error":{...}}`.
  String json() {
    var json = new StringBuilder(160).append("{\"error\":{\"message\":");
    Text.quote(json, String.valueOf(getMessage())).append(",\"type\":");
    Text.quote(json, type).append(",\"param\":null,\"code\":");
    return (code.isEmpty() ? json.append("null") : Text.quote(json, code)).append("}}").toString();
  }
}
