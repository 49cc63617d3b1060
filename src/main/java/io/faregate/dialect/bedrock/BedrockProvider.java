package io.faregate.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Amazon Bedrock Converse as a provider, below the base URL of its runtime in a region. Source:
/// Amazon Bedrock API reference, Converse and ConverseStream.
public final class BedrockProvider implements ProviderSide {
  @Override
  public String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of();
  }

  @Override
  public Letter letter(Prompt prompt) {
    var model = URLEncoder.encode(prompt.model(), UTF_8).replace("+", "%20");
    var action = prompt.streamed() ? "/converse-stream" : "/converse";
    return BedrockLetter.letter("/model/" + model + action, prompt);
  }

  @Override
  public Reply answer(byte[] body) {
    var root = Tree.parse(body);
    var message = Tree.object(root, "output").path("message");
    if (!message.isObject()) {
      throw new DialectException("the answer holds no message", "output");
    }
    var content = new ArrayList<Said>();
    for (var block : Tree.array(message, "content")) {
      var part = part(block);
      if (part != null) {
        content.add(part);
      }
    }
    var stop = stop(Tree.string(root, "stopReason"));
    if (stop == null) {
      throw new DialectException("the model broke off its answer", "stopReason");
    }
    return new Reply("", "", content, stop, null, spent(root));
  }

  @Override
  public Reply.Spent spent(ObjectNode answer) {
    var usage = new BedrockUsage();
    usage.read(answer);
    return usage.spent();
  }

  @Override
  public PieceReader stream() {
    return new BedrockPieces();
  }

  @Override
  public Trouble error(int status, byte[] body) {
    var error = Tree.parseOrEmpty(body);
    return trouble(status, Tree.string(error, "__type"), error);
  }

  /// What an exception says; in HTTP its name is in a header, and the status tells as much.
  ///
  /// @param exception its name, perhaps after a name space; empty if it is not known
  static Trouble trouble(int status, String exception, JsonNode error) {
    var name = exception.substring(exception.lastIndexOf('#') + 1).toLowerCase(Locale.ROOT);
    var kind =
        switch (name) {
          case "validationexception" -> Trouble.Kind.INVALID;
          case "accessdeniedexception" -> Trouble.Kind.PERMISSION;
          case "resourcenotfoundexception" -> Trouble.Kind.UNKNOWN_NAME;
          case "throttlingexception", "servicequotaexceededexception" -> Trouble.Kind.RATE;
          case "modeltimeoutexception" -> Trouble.Kind.TIMEOUT;
          case "serviceunavailableexception", "modelnotreadyexception" -> Trouble.Kind.OVERLOADED;
          default -> status == 0 ? Trouble.Kind.SERVER : Trouble.Kind.of(status);
        };
    var message = Tree.string(error, "message");
    return Trouble.of(status, kind, message.isEmpty() ? Tree.string(error, "Message") : message);
  }

  /// Why the answer ends; null if it broke off in a way that no client could use.
  static @Nullable Stop stop(String reason) {
    return switch (reason) {
      case "end_turn" -> Stop.END;
      case "stop_sequence" -> Stop.SEQUENCE;
      case "max_tokens" -> Stop.LENGTH;
      case "model_context_window_exceeded" -> Stop.WINDOW;
      case "tool_use" -> Stop.TOOLS;
      case "guardrail_intervened", "content_filtered" -> Stop.REFUSED;
      default -> null;
    };
  }

  private static @Nullable Said part(JsonNode block) {
    var text = block.path("text");
    if (text.isString()) {
      return new Said.Text(text.stringValue());
    }
    var call = block.path("toolUse");
    if (call.isObject()) {
      return new Said.Call(
          Tree.string(call, "toolUseId"),
          Tree.string(call, "name"),
          Tree.text(Tree.object(call, "input")));
    }
    var thought = Tree.object(block, "reasoningContent");
    var sealed = Tree.stringOrNull(thought, "redactedContent");
    if (sealed != null) {
      return new Said.Thought("", null, sealed);
    }
    var open = thought.path("reasoningText");
    return open.isObject()
        ? new Said.Thought(Tree.string(open, "text"), Tree.stringOrNull(open, "signature"), null)
        : null;
  }
}
