package io.faregate.dialect.translate.client;

import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes a streamed OpenAI response. Each event has the next sequence number; items are told apart
/// by their index, so that calls of tools may come by turns.
final class ResponsesPieces implements ClientSide.PieceWriter {
  private final Terms terms;
  private final ResponsesItems items;
  private final Map<Integer, Open> tools = new HashMap<>();
  private final StringBuilder out = new StringBuilder();
  private ResponseBody response;
  private @Nullable Open speech;
  private int sequence;
  private int count;

  ResponsesPieces(Terms terms) {
    this.terms = terms;
    this.items = new ResponsesItems(terms);
    this.response = new ResponseBody(terms, "", "");
  }

  @Override
  public String write(Piece piece) {
    switch (piece) {
      case Piece.Started started -> {
        response = new ResponseBody(terms, started.id(), started.model());
        whole("response.created", response.begun());
        whole("response.in_progress", response.begun());
      }
      case Piece.Text(var text) -> say(Kind.TEXT, text);
      case Piece.Thought(var text) -> say(Kind.THOUGHT, text);
      case Piece.Signed _, Piece.SealedThought _ -> {
        // No other provider could read them.
      }
      case Piece.ToolStarted(var tool, var id, var name) -> call(tool, id, name);
      case Piece.Arguments(var tool, var json) -> arguments(tool, json);
      case Piece.ToolEnded(var tool) -> close(tools.remove(tool));
      case Piece.Ended ended -> {
        closeAll();
        var status = ended.stop().status();
        whole("response." + status, response.ended(ended.stop(), ended.usage()));
      }
      case Piece.Failed(var trouble) -> whole("response.failed", response.failed(trouble));
    }
    var written = out.toString();
    out.setLength(0);
    return written;
  }

  private void say(Kind kind, String text) {
    var open = speech;
    if (open == null || open.kind != kind) {
      close(open);
      open = begin(kind);
      speech = open;
    }
    open.text.append(text);
    event(kind.delta, open.spoken("delta", text));
  }

  private Open begin(Kind kind) {
    var open = new Open(kind, count++, items.id(kind.prefix), "", "");
    var item = Tree.object().put("id", open.id);
    if (kind == Kind.TEXT) {
      item.put("type", "message").put("status", "in_progress").put("role", "assistant");
      item.putArray("content");
    } else {
      item.put("type", "reasoning").putArray("summary");
    }
    added(open, item);
    event(kind.added, open.place(kind).set("part", kind.part("")));
    return open;
  }

  private void call(int tool, String id, String name) {
    close(speech);
    speech = null;
    var kind = items.freeform(name) ? Kind.FREEFORM : Kind.CALL;
    var open = new Open(kind, count++, items.id(kind.prefix), id, name);
    tools.put(tool, open);
    var item = items.call(open.id, id, name, "").put("status", "in_progress");
    added(open, item);
  }

  /// The text of a freeform tool lies inside its arguments and is known when they are complete.
  private void arguments(int tool, String json) {
    var open = tools.get(tool);
    if (open == null) {
      return;
    }
    open.text.append(json);
    if (open.kind == Kind.CALL) {
      event(Kind.CALL.delta, open.place(Kind.CALL).put("delta", json));
    }
  }

  private void added(Open open, ObjectNode item) {
    var event = Tree.object().put("output_index", open.index);
    event.set("item", item);
    event("response.output_item.added", event);
  }

  private void closeAll() {
    close(speech);
    speech = null;
    tools.values().forEach(this::close);
    tools.clear();
  }

  private void close(@Nullable Open open) {
    if (open == null) {
      return;
    }
    var text = open.text.toString();
    var item =
        switch (open.kind) {
          case TEXT -> ResponsesItems.text(open.id, text);
          case THOUGHT -> ResponsesItems.thought(open.id, text);
          case CALL, FREEFORM -> items.call(open.id, open.call, open.name, text);
        };
    switch (open.kind) {
      case TEXT, THOUGHT -> {
        event(open.kind.done, open.spoken("text", text));
        event(open.kind.partDone(), open.place(open.kind).set("part", open.kind.part(text)));
      }
      case CALL ->
          event(
              open.kind.done,
              open.place(open.kind).put("name", items.ownName(open.name)).put("arguments", text));
      case FREEFORM -> {
        var input = ResponsesItems.input(text);
        event(open.kind.delta, open.place(open.kind).put("delta", input));
        event(open.kind.done, open.place(open.kind).put("input", input));
      }
    }
    response.put(open.index, item);
    var event = Tree.object().put("output_index", open.index);
    event.set("item", item);
    event("response.output_item.done", event);
  }

  private void whole(String type, ObjectNode body) {
    event(type, Tree.object().set("response", body));
  }

  private void event(String type, ObjectNode members) {
    var event = Tree.object().put("type", type).put("sequence_number", sequence++);
    event.setAll(members);
    out.append("event: ").append(type).append("\ndata: ").append(Tree.text(event)).append("\n\n");
  }

  /// The kinds of items, with the names of their events.
  private enum Kind {
    TEXT("msg", "response.content_part.added", "response.output_text"),
    THOUGHT("rs", "response.reasoning_summary_part.added", "response.reasoning_summary_text"),
    CALL("fc", "", "response.function_call_arguments"),
    FREEFORM("ctc", "", "response.custom_tool_call_input");

    private final String prefix;
    private final String added;
    private final String delta;
    private final String done;

    Kind(String prefix, String added, String stem) {
      this.prefix = prefix;
      this.added = added;
      this.delta = stem + ".delta";
      this.done = stem + ".done";
    }

    private String partDone() {
      return added.replace(".added", ".done");
    }

    private ObjectNode part(String text) {
      return this == TEXT
          ? ResponsesItems.textPart(text)
          : Tree.object().put("type", "summary_text").put("text", text);
    }
  }

  /// An item that is not complete.
  private static final class Open {
    private final Kind kind;
    private final int index;
    private final String id;
    private final String call;
    private final String name;
    private final StringBuilder text = new StringBuilder();

    Open(Kind kind, int index, String id, String call, String name) {
      this.kind = kind;
      this.index = index;
      this.id = id;
      this.call = call;
      this.name = name;
    }

    /// Where it stands, with what was said. The list of probabilities may not be missing.
    private ObjectNode spoken(String name, String text) {
      var spoken = place(kind).put(name, text);
      if (kind == Kind.TEXT) {
        spoken.putArray("logprobs");
      }
      return spoken;
    }

    private ObjectNode place(Kind kind) {
      var place = Tree.object().put("item_id", id).put("output_index", index);
      return switch (kind) {
        case TEXT -> place.put("content_index", 0);
        case THOUGHT -> place.put("summary_index", 0);
        case CALL, FREEFORM -> place;
      };
    }
  }
}
