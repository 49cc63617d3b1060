package io.faregate.dialect.openai;

import io.faregate.dialect.Carriage;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
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
      default -> status >= 500 || status < 400 ? ProviderError.PASSING : ofClient(body);
    };
  }

  /// An error that a whole answer of Chat or Embeddings brings in place of any content; null if it
  /// brings none.
  ///
  /// @throws DialectException if the body is no JSON object
  static Carriage.@Nullable Refused inPlaceOfChat(byte[] body) {
    var chunk = new ChatChunk(new ChatUsage());
    chunk.read(body, 0, body.length);
    return chunk.failure != null && !chunk.content ? inChat(body) : null;
  }

  /// An error that a stream of Chat brings in place of an answer. It is written like an error body,
  /// and has the status that its words have there.
  static Carriage.Refused inChat(byte[] event) {
    return refused(Trouble.Kind.of(Tree.object(Tree.parse(event), "error")), event);
  }

  /// An error that a stream of Responses brings in place of an answer, as an error body: it stands
  /// in the response that failed, or is the event itself.
  static Carriage.Refused inResponses(byte[] event) {
    var root = Tree.parse(event);
    var failed = Tree.object(Tree.object(root, "response"), "error");
    var own = Tree.object(root, "error");
    var error = !failed.isEmpty() ? failed : own.isEmpty() ? root : own;
    var kind = Trouble.Kind.of(error);
    var body = Tree.object();
    body.putObject("error")
        .put("message", Tree.string(error, "message"))
        .put("type", kind.openai())
        .put("param", Tree.stringOrNull(error, "param"))
        .put("code", Tree.stringOrNull(error, "code"));
    return refused(kind, Tree.bytes(body));
  }

  private static Carriage.Refused refused(Trouble.Kind kind, byte[] body) {
    return new Carriage.Refused(meaning(kind.status(), body), kind.status(), body);
  }

  /// Servers that speak like OpenAI have words where it has a code: in an `error`, which may be a
  /// text, or in the body itself.
  private static ProviderError ofClient(byte[] body) {
    try {
      var root = JSON.readTree(body);
      var error = root.path("error").isMissingNode() ? root : root.path("error");
      var message = error.isString() ? error : error.path("message");
      return ProviderError.tellsOfLength(message.asString(""))
          ? ProviderError.CONTEXT_LENGTH
          : ProviderError.CLIENTS;
    } catch (JacksonException notJson) {
      return ProviderError.CLIENTS;
    }
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
