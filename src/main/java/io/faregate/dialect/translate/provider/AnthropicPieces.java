package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.SseText;
import io.faregate.dialect.anthropic.AnthropicErrors;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Tree;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The stream of an Anthropic message.
final class AnthropicPieces extends Events {
  private final AnthropicUsage usage = new AnthropicUsage();

  /// The calls of tools by the index of their block.
  private final Map<Long, Integer> calls = new HashMap<>();

  private int begun;
  private @Nullable String stop;
  private @Nullable String stopText;

  @Override
  public Reply.Spent spent() {
    return usage.spent();
  }

  @Override
  protected void event(SseText data) {
    var event = Tree.parse(data.bytes(), data.from(), data.length());
    switch (Tree.string(event, "type")) {
      case "message_start" -> start(Tree.object(event, "message"));
      case "content_block_start" -> blockStart(event);
      case "content_block_delta" -> delta(event);
      case "content_block_stop" -> {
        var call = calls.remove(index(event));
        if (call != null) {
          say(new Piece.ToolEnded(call));
        }
      }
      case "message_delta" -> {
        usage.read(event.path("usage"));
        usage.ended(event.path("delta"));
        ending(Tree.object(event, "delta"));
      }
      case "message_stop" -> {
        if (!started() || stop == null) {
          throw new DialectException("the stream ends without an answer", (String) null);
        }
        say(new Piece.Ended(AnthropicProvider.stop(stop), stopText, spent().usage()));
      }
      case "error" -> say(new Piece.Failed(AnthropicErrors.trouble(0, event.path("error"))));
      default -> {
        // Pings, and events that later versions may add, say nothing.
      }
    }
  }

  /// There may be several; one that brings only usage leaves what an earlier one said.
  private void ending(ObjectNode delta) {
    var reason = Tree.stringOrNull(delta, "stop_reason");
    stop = reason == null ? stop : reason;
    var text = Tree.stringOrNull(delta, "stop_sequence");
    stopText = text == null ? stopText : text;
  }

  private void start(ObjectNode message) {
    if (started()) {
      throw new DialectException("the message starts twice", (String) null);
    }
    usage.read(message.path("usage"));
    say(
        new Piece.Started(
            Tree.string(message, "id"), Tree.string(message, "model"), spent().usage()));
  }

  private void blockStart(ObjectNode event) {
    var block = Tree.object(event, "content_block");
    switch (Tree.string(block, "type")) {
      case "tool_use" -> {
        var id = Tree.string(block, "id");
        calls.put(index(event), begun);
        say(new Piece.ToolStarted(begun, id, Tree.string(block, "name")));
        var input = Tree.object(block, "input");
        if (!input.isEmpty()) {
          say(new Piece.Arguments(begun, Tree.text(input)));
        }
        begun++;
      }
      case "redacted_thinking" -> say(new Piece.SealedThought(Tree.string(block, "data")));
      default -> text(Tree.string(block, "text"));
    }
  }

  private void delta(ObjectNode event) {
    var delta = Tree.object(event, "delta");
    switch (Tree.string(delta, "type")) {
      case "text_delta" -> text(Tree.string(delta, "text"));
      case "thinking_delta" -> {
        var thought = Tree.string(delta, "thinking");
        if (!thought.isEmpty()) {
          say(new Piece.Thought(thought));
        }
      }
      case "signature_delta" -> say(new Piece.Signed(Tree.string(delta, "signature")));
      case "input_json_delta" -> {
        var call = calls.get(index(event));
        var json = Tree.string(delta, "partial_json");
        if (call != null && !json.isEmpty()) {
          say(new Piece.Arguments(call, json));
        }
      }
      default -> {
        // Citations have no place in other dialects.
      }
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      say(new Piece.Text(text));
    }
  }

  private static long index(JsonNode event) {
    return event.path("index").asLong(-1);
  }
}
