package io.faregate.dialect.translate.client;

import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a streamed Anthropic message. Its blocks come one after the other, so what belongs to a
/// later block waits until the earlier ones are complete: the arguments of calls that come by
/// turns.
final class MessagesPieces implements ClientSide.PieceWriter {
  private final Terms terms;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Map<Integer, Block> tools = new HashMap<>();
  private int count;

  MessagesPieces(Terms terms) {
    this.terms = terms;
  }

  @Override
  public String write(Piece piece) {
    return switch (piece) {
      case Piece.Started started -> start(started);
      case Piece.Text(var text) -> {
        open("text").add(Tree.object().put("type", "text_delta").put("text", text));
        yield flushed();
      }
      case Piece.Thought(var text) -> {
        thought(Tree.object().put("type", "thinking_delta").put("thinking", text));
        yield flushed();
      }
      case Piece.Signed(var signature) -> {
        signed(Tree.object().put("type", "signature_delta").put("signature", signature));
        yield flushed();
      }
      case Piece.SealedThought(var sealed) -> {
        begin(Tree.object().put("type", "redacted_thinking").put("data", sealed)).complete = true;
        yield flushed();
      }
      case Piece.ToolStarted(var tool, var id, var name) -> {
        var start = Tree.object().put("type", "tool_use").put("id", id).put("name", name);
        start.putObject("input");
        tools.put(tool, begin(start));
        yield flushed();
      }
      case Piece.Arguments(var tool, var json) -> {
        var block = tools.get(tool);
        if (block != null) {
          block.add(Tree.object().put("type", "input_json_delta").put("partial_json", json));
        }
        yield flushed();
      }
      case Piece.ToolEnded(var tool) -> {
        var block = tools.remove(tool);
        if (block != null) {
          block.complete = true;
        }
        yield flushed();
      }
      case Piece.Ended ended -> end(ended);
      case Piece.Failed(var trouble) -> event("error", MessagesClient.problem(trouble));
    };
  }

  private String start(Piece.Started started) {
    var message =
        MessagesClient.message(terms.id("msg_", started.id()), terms.model(started.model()));
    message.putArray("content");
    message.putNull("stop_reason");
    message.putNull("stop_sequence");
    var usage = started.usage();
    message.set("usage", MessagesClient.usage(usage == null ? null : usage.usage()));
    var event = Tree.object().put("type", "message_start");
    event.set("message", message);
    return event("message_start", event);
  }

  private String end(Piece.Ended ended) {
    blocks.forEach(block -> block.complete = true);
    var rest = flushed();
    var event = Tree.object().put("type", "message_delta");
    event
        .putObject("delta")
        .put("stop_reason", ended.stop().messages())
        .put("stop_sequence", ended.stopText());
    var usage = ended.usage();
    event.set("usage", MessagesClient.usage(usage == null ? null : usage.usage()));
    return rest
        + event("message_delta", event)
        + event("message_stop", Tree.object().put("type", "message_stop"));
  }

  private void thought(ObjectNode delta) {
    if (terms.prompt().thinking().shown()) {
      open("thinking").add(delta);
    }
  }

  /// What is thought after a signature needs one of its own.
  private void signed(ObjectNode delta) {
    if (terms.prompt().thinking().shown()) {
      var block = open("thinking");
      block.add(delta);
      block.complete = true;
    }
  }

  /// The block of that type at the end, or a new one.
  private Block open(String type) {
    var last = blocks.peekLast();
    if (last != null && last.type().equals(type) && !last.complete) {
      return last;
    }
    var start = Tree.object().put("type", type);
    if (type.equals("text")) {
      start.put("text", "");
    } else {
      start.put("thinking", "").put("signature", "");
    }
    return begin(start);
  }

  private Block begin(ObjectNode start) {
    var last = blocks.peekLast();
    if (last != null && !tools.containsValue(last)) {
      last.complete = true;
    }
    var block = new Block(count++, start);
    blocks.add(block);
    return block;
  }

  /// What can go out: the first open block, and with it all complete ones before it.
  private String flushed() {
    var out = new StringBuilder();
    for (var block = blocks.peek(); block != null; block = block.complete ? next() : null) {
      block.write(out);
    }
    return out.toString();
  }

  private @Nullable Block next() {
    blocks.remove();
    return blocks.peek();
  }

  private static String event(String type, JsonNode event) {
    return "event: " + type + "\ndata: " + Tree.text(event) + "\n\n";
  }

  /// A block with what of it has not gone out yet.
  private static final class Block {
    private final int index;
    private final ObjectNode start;
    private final List<ObjectNode> deltas = new ArrayList<>();
    private boolean begun;
    private boolean complete;

    Block(int index, ObjectNode start) {
      this.index = index;
      this.start = start;
    }

    String type() {
      return Tree.string(start, "type");
    }

    void add(ObjectNode delta) {
      deltas.add(delta);
    }

    void write(StringBuilder out) {
      if (!begun) {
        begun = true;
        out.append(of("content_block_start", "content_block", start));
      }
      deltas.forEach(delta -> out.append(of("content_block_delta", "delta", delta)));
      deltas.clear();
      if (complete) {
        var stop = Tree.object().put("type", "content_block_stop").put("index", index);
        out.append(event("content_block_stop", stop));
      }
    }

    private String of(String type, String member, ObjectNode value) {
      var event = Tree.object().put("type", type).put("index", index);
      event.set(member, value);
      return event(type, event);
    }
  }
}
