package io.faregate.dialect.translate.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a streamed OpenAI Chat answer.
final class ChatPieces implements ClientSide.PieceWriter {
  private final Terms terms;
  private String id = "";
  private String model = "";

  ChatPieces(Terms terms) {
    this.terms = terms;
  }

  @Override
  public String write(Piece piece) {
    return switch (piece) {
      case Piece.Started started -> {
        id = terms.id("chatcmpl-", started.id());
        model = terms.model(started.model());
        yield delta(Tree.object().put("role", "assistant").put("content", ""), null);
      }
      case Piece.Text(var text) -> delta(Tree.object().put("content", text), null);
      case Piece.Thought(var text) -> delta(Tree.object().put("reasoning_content", text), null);
      case Piece.ToolStarted(var tool, var call, var name) -> {
        var delta = Tree.object();
        var begun = delta.putArray("tool_calls").addObject().put("index", tool);
        begun.put("id", call).put("type", "function");
        begun.putObject("function").put("name", name).put("arguments", "");
        yield delta(delta, null);
      }
      case Piece.Arguments(var tool, var json) -> {
        var delta = Tree.object();
        var more = delta.putArray("tool_calls").addObject().put("index", tool);
        more.putObject("function").put("arguments", json);
        yield delta(delta, null);
      }
      case Piece.Signed _, Piece.SealedThought _, Piece.ToolEnded _ -> "";
      case Piece.Ended ended ->
          delta(Tree.object(), ended.stop().chat()) + usage(ended) + "data: [DONE]\n\n";
      case Piece.Failed(var trouble) ->
          "data: " + new String(OpenAiWords.error(trouble), UTF_8) + "\n\n";
    };
  }

  private String usage(Piece.Ended ended) {
    var usage = ended.usage();
    if (!terms.usageAsked() || usage == null) {
      return "";
    }
    var chunk = chunk();
    chunk.putArray("choices");
    chunk.set("usage", OpenAiWords.usage(usage.usage(), OpenAiWords.Words.CHAT));
    return event(chunk);
  }

  private String delta(ObjectNode delta, @Nullable String finish) {
    var chunk = chunk();
    var choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs");
    choice.put("finish_reason", finish);
    return event(chunk);
  }

  private ObjectNode chunk() {
    return Tree.object()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("created", terms.createdAtSeconds())
        .put("model", model);
  }

  private static String event(JsonNode chunk) {
    return "data: " + Tree.text(chunk) + "\n\n";
  }
}
