package io.faregate.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import io.faregate.dialect.translate.provider.Ids;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gemini generateContent as a provider, below a base URL that ends in the version, such as
/// `/v1beta`. Source: Gemini API reference, models.generateContent.
public final class GeminiProvider implements ProviderSide {
  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of();
  }

  @Override
  public Letter letter(Prompt prompt) {
    var method = prompt.streamed() ? ":streamGenerateContent?alt=sse" : ":generateContent";
    return GeminiLetter.letter(place(prompt.model()) + method, prompt);
  }

  @Override
  public Reply answer(byte[] body) {
    var root = Tree.parse(body);
    if (root.hasNonNull("error")) {
      throw new DialectException("the answer is an error", "error");
    }
    var id = Tree.string(root, "responseId");
    var candidate = Tree.array(root, "candidates").path(0);
    var stop = stop(root, candidate);
    if (stop == null) {
      throw new DialectException("the model broke off its answer", "finishReason");
    }
    var content = new ArrayList<Said>();
    int calls = 0;
    for (var part : parts(candidate)) {
      if (part.path("functionCall").isObject()) {
        content.add(call(part.path("functionCall"), id, calls++));
      } else if (!Tree.string(part, "text").isEmpty()) {
        content.add(text(part));
      }
    }
    return new Reply(
        id,
        Tree.string(root, "modelVersion"),
        content,
        stop == Stop.END && calls > 0 ? Stop.TOOLS : stop,
        null,
        spent(root));
  }

  @Override
  public Reply.Spent spent(ObjectNode answer) {
    var usage = new GeminiUsage();
    usage.read(answer);
    return usage.spent();
  }

  @Override
  public PieceReader stream() {
    return new GeminiPieces();
  }

  @Override
  public Trouble error(int status, byte[] body) {
    return trouble(status, Tree.object(Tree.parseOrEmpty(body), "error"));
  }

  /// What an error object says; its `status` is a word, which tells more than the number.
  static Trouble trouble(int status, JsonNode error) {
    var kind =
        switch (Tree.string(error, "status")) {
          case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> Trouble.Kind.INVALID;
          case "UNAUTHENTICATED" -> Trouble.Kind.KEY;
          case "PERMISSION_DENIED" -> Trouble.Kind.PERMISSION;
          case "NOT_FOUND" -> Trouble.Kind.UNKNOWN_NAME;
          case "RESOURCE_EXHAUSTED" -> Trouble.Kind.RATE;
          case "UNAVAILABLE" -> Trouble.Kind.OVERLOADED;
          case "DEADLINE_EXCEEDED" -> Trouble.Kind.TIMEOUT;
          default -> status == 0 ? Trouble.Kind.SERVER : Trouble.Kind.of(status);
        };
    var message = Tree.string(error, "message");
    // A wrong key is an invalid argument here.
    boolean key = kind == Trouble.Kind.INVALID && message.startsWith("API key not valid");
    return Trouble.of(status, key ? Trouble.Kind.KEY : kind, message);
  }

  /// Why the answer ends; null if it broke off in a way that no client could use.
  static @Nullable Stop stop(ObjectNode root, JsonNode candidate) {
    if (!candidate.isObject()) {
      return root.path("promptFeedback").hasNonNull("blockReason") ? Stop.REFUSED : null;
    }
    return switch (Tree.string(candidate, "finishReason")) {
      case "STOP" -> Stop.END;
      case "MAX_TOKENS" -> Stop.LENGTH;
      case "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION" ->
          Stop.REFUSED;
      default -> null;
    };
  }

  static List<JsonNode> parts(JsonNode candidate) {
    return Tree.array(Tree.object(candidate, "content"), "parts").valueStream().toList();
  }

  static String id(JsonNode call, String reply, int number) {
    var id = Tree.string(call, "id");
    return id.isEmpty() ? Ids.call(reply, number) : id;
  }

  private static Said call(JsonNode call, String reply, int number) {
    return new Said.Call(
        id(call, reply, number), Tree.string(call, "name"), Tree.text(Tree.object(call, "args")));
  }

  private static Said text(JsonNode part) {
    var text = Tree.string(part, "text");
    return part.path("thought").asBoolean(false)
        ? new Said.Thought(text, null, null)
        : new Said.Text(text);
  }

  private static String place(String model) {
    var path = new StringBuilder();
    for (var name : (model.contains("/") ? model : "models/" + model).split("/", -1)) {
      path.append('/').append(URLEncoder.encode(name, UTF_8).replace("+", "%20"));
    }
    return path.toString();
  }
}
