package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.SseText;
import io.faregate.dialect.openai.OpenAiErrors;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The stream of an OpenAI response.
final class ResponsesEvents extends Events {
  /// What stands between two parts of a thought.
  static final String PARAGRAPH = "\n\n";

  private static final int MAX_CALLS = 1_000;

  private final OpenAiUsage usage = new OpenAiUsage();
  private final String provider;

  /// The calls of tools by the index of their item.
  private final Map<Long, Call> calls = new HashMap<>();

  private int called;
  private boolean refused;

  /// @param provider its name in the policy
  ResponsesEvents(String provider) {
    this.provider = provider;
  }

  @Override
  public Reply.Spent spent() {
    return usage.spent();
  }

  @Override
  protected void event(SseText data) {
    var event = Tree.parse(data.bytes(), data.from(), data.length());
    var response = Tree.object(event, "response");
    usage.read(response);
    switch (Tree.string(event, "type")) {
      case "response.created" ->
          say(new Piece.Started(Tree.string(response, "id"), Tree.string(response, "model"), null));
      case "response.output_item.added" -> begin(event);
      case "response.output_item.done" -> end(event);
      case "response.reasoning_summary_part.added" -> {
        if (event.path("summary_index").asLong(0) > 0) {
          say(new Piece.Thought(PARAGRAPH));
        }
      }
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> {
        var thought = Tree.string(event, "delta");
        if (!thought.isEmpty()) {
          say(new Piece.Thought(thought));
        }
      }
      case "response.output_text.delta" -> text(event);
      case "response.refusal.delta" -> {
        refused = true;
        text(event);
      }
      case "response.function_call_arguments.delta" -> {
        var call = calls.get(index(event));
        if (call != null) {
          arguments(call, Tree.string(event, "delta"));
        }
      }
      case "response.completed", "response.incomplete" -> {
        var stop = refused ? Stop.REFUSED : ResponsesProvider.stop(response, called > 0);
        say(new Piece.Ended(stop, null, spent().usage()));
      }
      case "response.failed" -> failed(response.path("error"));
      case "error" -> failed(event.path("error").isObject() ? event.path("error") : event);
      default -> {
        // Events that repeat what others have said, and those that later versions may add.
      }
    }
  }

  private void begin(ObjectNode event) {
    var item = Tree.object(event, "item");
    if (!Tree.string(item, "type").equals("function_call")) {
      return;
    }
    if (called == MAX_CALLS) {
      throw new DialectException("the answer calls more than 1,000 tools", (String) null);
    }
    var call = new Call(called++);
    calls.put(index(event), call);
    say(
        new Piece.ToolStarted(
            call.number, Tree.string(item, "call_id"), Tree.string(item, "name")));
  }

  private void end(ObjectNode event) {
    var item = Tree.object(event, "item");
    switch (Tree.string(item, "type")) {
      case "reasoning" -> {
        var seal = ResponsesProvider.seal(provider, item);
        if (!seal.isEmpty()) {
          say(new Piece.Signed(seal));
        }
      }
      case "function_call" -> {
        var call = calls.remove(index(event));
        if (call != null) {
          if (!call.heard) {
            arguments(call, Tree.string(item, "arguments"));
          }
          say(new Piece.ToolEnded(call.number));
        }
      }
      default -> {
        // Its deltas have said it all.
      }
    }
  }

  private void arguments(Call call, String json) {
    if (!json.isEmpty()) {
      call.heard = true;
      say(new Piece.Arguments(call.number, json));
    }
  }

  private void text(ObjectNode event) {
    var text = Tree.string(event, "delta");
    if (!text.isEmpty()) {
      say(new Piece.Text(text));
    }
  }

  private void failed(JsonNode error) {
    say(new Piece.Failed(OpenAiErrors.trouble(0, error)));
  }

  private static long index(JsonNode event) {
    return event.path("output_index").asLong(-1);
  }

  /// A call of a tool.
  private static final class Call {
    private final int number;

    /// Whether any of its arguments came.
    private boolean heard;

    Call(int number) {
      this.number = number;
    }
  }
}
