package io.faregate.dialect.translate.provider;

import io.faregate.dialect.Dialect;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.anthropic.AnthropicErrors;
import io.faregate.dialect.anthropic.AnthropicMessages;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic Messages as a provider. Source: Messages API reference.
public final class AnthropicProvider implements ProviderSide {
  private static final Dialect OWN = new AnthropicMessages();

  private final @Nullable Long mostOutput;

  /// @param mostOutput what the model can write, in tokens; null when nobody said
  public AnthropicProvider(@Nullable Long mostOutput) {
    this.mostOutput = mostOutput;
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public Map<String, String> headers() {
    return OWN.headers();
  }

  @Override
  public Letter letter(Prompt prompt) {
    return AnthropicLetter.letter(OWN.path(), prompt, mostOutput);
  }

  @Override
  public Reply answer(byte[] body) {
    var root = Tree.parse(body);
    if (!Tree.string(root, "type").equals("message")) {
      throw new DialectException("the answer is no message", "type");
    }
    var content = new ArrayList<Said>();
    for (var block : Tree.array(root, "content")) {
      var part = part(block);
      if (part != null) {
        content.add(part);
      }
    }
    return new Reply(
        Tree.string(root, "id"),
        Tree.string(root, "model"),
        content,
        stop(Tree.string(root, "stop_reason")),
        Tree.stringOrNull(root, "stop_sequence"),
        spent(root));
  }

  @Override
  public Reply.Spent spent(ObjectNode answer) {
    var usage = new AnthropicUsage();
    usage.read(answer.path("usage"));
    usage.ended(answer);
    return usage.spent();
  }

  @Override
  public PieceReader stream() {
    return new AnthropicPieces();
  }

  @Override
  public Trouble error(int status, byte[] body) {
    return AnthropicErrors.trouble(status, body);
  }

  static Stop stop(String reason) {
    return switch (reason) {
      case "stop_sequence" -> Stop.SEQUENCE;
      case "max_tokens" -> Stop.LENGTH;
      case "model_context_window_exceeded" -> Stop.WINDOW;
      case "tool_use" -> Stop.TOOLS;
      case "refusal" -> Stop.REFUSED;
      default -> Stop.END;
    };
  }

  /// Blocks of tools that ran at the provider are nothing to the client: none were offered.
  private static @Nullable Said part(JsonNode block) {
    return switch (Tree.string(block, "type")) {
      case "text" -> new Said.Text(Tree.string(block, "text"));
      case "thinking" ->
          new Said.Thought(
              Tree.string(block, "thinking"), Tree.stringOrNull(block, "signature"), null);
      case "redacted_thinking" -> new Said.Thought("", null, Tree.string(block, "data"));
      case "tool_use" ->
          new Said.Call(
              Tree.string(block, "id"),
              Tree.string(block, "name"),
              Tree.text(Tree.object(block, "input")));
      default -> null;
    };
  }
}
