package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.dialect.openai.OpenAiErrors;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.ArrayList;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI Chat Completions as a provider, and all who speak like it. Source: Chat Completions API
/// reference.
public final class OpenAiProvider implements ProviderSide {
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
    return OpenAiLetter.letter(new OpenAiChat().path(), prompt);
  }

  @Override
  public Reply answer(byte[] body) {
    var root = Tree.parse(body);
    var choice = Tree.array(root, "choices").path(0);
    if (root.hasNonNull("error") || !choice.isObject()) {
      throw new DialectException("the answer holds no choice", "choices");
    }
    var message = Tree.object(choice, "message");
    var content = new ArrayList<Said>();
    var thought = OpenAiPieces.thought(message);
    if (!thought.isEmpty()) {
      content.add(new Said.Thought(thought, null, null));
    }
    for (var member : OpenAiPieces.TEXTS) {
      var text = Tree.string(message, member);
      if (!text.isEmpty()) {
        content.add(new Said.Text(text));
      }
    }
    int calls = 0;
    for (var call : Tree.array(message, "tool_calls")) {
      content.add(call(call, Tree.string(root, "id"), calls++));
    }
    return new Reply(
        Tree.string(root, "id"),
        Tree.string(root, "model"),
        content,
        refused(message) ? Stop.REFUSED : stop(Tree.string(choice, "finish_reason"), calls > 0),
        null,
        spent(root));
  }

  @Override
  public Reply.Spent spent(ObjectNode answer) {
    var usage = new OpenAiUsage();
    usage.read(answer);
    return usage.spent();
  }

  @Override
  public PieceReader stream() {
    return new OpenAiPieces();
  }

  @Override
  public Trouble error(int status, byte[] body) {
    return OpenAiErrors.trouble(status, body);
  }

  /// Some servers write `stop` although tools are called.
  static Stop stop(String reason, boolean calls) {
    return switch (reason) {
      case "length" -> Stop.LENGTH;
      case "content_filter" -> Stop.REFUSED;
      case "tool_calls", "function_call" -> Stop.TOOLS;
      default -> calls ? Stop.TOOLS : Stop.END;
    };
  }

  private static boolean refused(JsonNode message) {
    return !Tree.string(message, "refusal").isEmpty();
  }

  private static Said call(JsonNode call, String reply, int number) {
    var function = Tree.object(call, "function");
    var id = Tree.string(call, "id");
    var arguments = Tree.string(function, "arguments");
    return new Said.Call(
        id.isEmpty() ? Ids.call(reply, number) : id,
        Tree.string(function, "name"),
        arguments.isBlank() ? "{}" : arguments);
  }
}
