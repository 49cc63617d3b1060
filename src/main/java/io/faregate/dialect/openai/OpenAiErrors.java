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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Errors in OpenAI's words, the same at all of its addresses. Source: CLIENTS §4.
public final class OpenAiErrors {
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
    return trouble(status, body).meaning();
  }

  /// An error body. Servers that speak like OpenAI have words where it has a code: in an `error`,
  /// which may be a text, or in the body itself.
  public static Trouble trouble(int status, byte[] body) {
    var root = Tree.parseOrEmpty(body);
    return trouble(status, root.has("error") ? root.path("error") : root);
  }

  /// An error object, or a text in its place.
  ///
  /// @param status 0 inside a stream that had begun
  public static Trouble trouble(int status, JsonNode error) {
    var code = Tree.stringOrNull(error, "code");
    var kind =
        switch (code == null ? Tree.string(error, "type") : code) {
          case "insufficient_quota" -> Trouble.Kind.BILLING;
          case "rate_limit_exceeded" -> Trouble.Kind.RATE;
          default -> status == 0 ? Trouble.Kind.of(error) : Trouble.Kind.of(status);
        };
    var message = error.isString() ? error.stringValue() : Tree.string(error, "message");
    var plain = Trouble.of(status, kind, message);
    return new Trouble(
        status,
        kind,
        plain.message(),
        plain.code() == null ? code : plain.code(),
        Tree.stringOrNull(error, "param"));
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

  private static Map<String, @Nullable Object> document(Failure failure) {
    var error = new LinkedHashMap<String, @Nullable Object>();
    error.put("message", message(failure));
    error.put("type", failure.type());
    error.put("param", failure.param());
    error.put("code", failure.code());
    return error;
  }
}
