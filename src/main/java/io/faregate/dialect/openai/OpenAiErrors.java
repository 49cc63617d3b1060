package io.faregate.dialect.openai;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Errors in OpenAI's words, the same at all of its addresses. Source: CLIENTS §4.
final class OpenAiErrors {
  private static final JsonMapper JSON = new JsonMapper();

  private OpenAiErrors() {}

  /// The body of an error of ours.
  static byte[] body(Failure failure) {
    return JSON.writeValueAsBytes(Map.of("error", document(failure)));
  }

  /// The message of an error of ours, with the id of its call.
  static String message(Failure failure) {
    return failure.message() + (failure.call() == null ? "" : " (" + failure.call() + ")");
  }

  /// What a provider's error means.
  static ProviderError meaning(int status, byte[] body) {
    var code = code(body);
    if (code.equals("insufficient_quota")) {
      return ProviderError.OURS;
    }
    if (code.equals(Trouble.CONTEXT_LENGTH)) {
      return ProviderError.CONTEXT_LENGTH;
    }
    if (code.equals(Trouble.CONTENT_FILTER)) {
      return ProviderError.FILTERED;
    }
    return switch (status) {
      case 429 -> ProviderError.RATE_LIMITED;
      case 401, 402, 403, 404 -> ProviderError.OURS;
      case 408, 409 -> ProviderError.PASSING;
      default -> status >= 500 || status < 400 ? ProviderError.PASSING : ProviderError.CLIENTS;
    };
  }

  /// The code of an error body, or an empty one.
  private static String code(byte[] body) {
    try {
      var chunk = new ChatChunk(new ChatUsage());
      chunk.read(body, 0, body.length);
      return chunk.failure == null ? "" : chunk.failure;
    } catch (DialectException notJson) {
      // A proxy's page rather than an error of the dialect: the status alone must do.
      return "";
    }
  }

  private static Map<String, @Nullable Object> document(Failure failure) {
    var error = new LinkedHashMap<String, @Nullable Object>();
    error.put("message", message(failure));
    error.put("type", failure.type());
    error.put("param", failure.param());
    error.put("code", failure.code());
    return error;
  }
}
