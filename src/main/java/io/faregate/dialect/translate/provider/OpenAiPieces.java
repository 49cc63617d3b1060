package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.SseText;
import io.faregate.dialect.openai.OpenAiErrors;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The stream of an OpenAI Chat answer. The arguments of several calls may come by turns; that a
/// call is complete is only known at the end.
final class OpenAiPieces extends Events {
  /// Where a message or a delta has what its reader is to see.
  static final List<String> TEXTS = List.of("content", "refusal");

  private static final int MAX_CALLS = 1_000;

  private final OpenAiUsage usage = new OpenAiUsage();
  private final SequencedMap<String, Call> calls = new LinkedHashMap<>();
  private int called;
  private boolean refused;
  private String reply = "";
  private @Nullable String finish;

  @Override
  public Reply.Spent spent() {
    return usage.spent();
  }

  @Override
  protected void event(SseText data) {
    if (data.is("[DONE]")) {
      done();
      return;
    }
    var chunk = Tree.parse(data.bytes(), data.from(), data.length());
    if (chunk.hasNonNull("error")) {
      say(new Piece.Failed(OpenAiErrors.trouble(0, chunk.path("error"))));
      return;
    }
    usage.read(chunk);
    var choice = Tree.array(chunk, "choices").path(0);
    if (!started() && choice.isObject()) {
      reply = Tree.string(chunk, "id");
      say(new Piece.Started(reply, Tree.string(chunk, "model"), null));
    }
    delta(Tree.object(choice, "delta"));
    var reason = Tree.stringOrNull(choice, "finish_reason");
    finish = reason == null ? finish : reason;
  }

  private void done() {
    if (!started() || finish == null) {
      throw new DialectException("the stream ends without an answer", (String) null);
    }
    for (int call = 0; call < called; call++) {
      say(new Piece.ToolEnded(call));
    }
    var stop = refused ? Stop.REFUSED : OpenAiProvider.stop(finish, called > 0);
    say(new Piece.Ended(stop, null, spent().usage()));
  }

  private void delta(ObjectNode delta) {
    var thought = thought(delta);
    if (!thought.isEmpty()) {
      say(new Piece.Thought(thought));
    }
    for (var member : TEXTS) {
      var text = Tree.string(delta, member);
      if (!text.isEmpty()) {
        refused |= member.equals("refusal");
        say(new Piece.Text(text));
      }
    }
    for (var call : Tree.array(delta, "tool_calls")) {
      call(call);
    }
  }

  /// A call is known by its index; where a server leaves that out, by its id, or it is the last.
  /// Google gives several calls one index: there, another id and a name begin another call.
  private void call(JsonNode call) {
    var id = Tree.string(call, "id");
    var function = Tree.object(call, "function");
    var key = call.path("index").isNumber() ? call.path("index").asString() : id;
    if (key.isEmpty() && !calls.isEmpty()) {
      key = calls.lastEntry().getKey();
    }
    var name = Tree.string(function, "name");
    var known = calls.get(key);
    if (known == null || (!name.isEmpty() && known.isOther(id))) {
      known = begin(id, name);
      calls.putLast(key, known);
    }
    var arguments = Tree.string(function, "arguments");
    if (!arguments.isEmpty()) {
      say(new Piece.Arguments(known.number, arguments));
    }
  }

  private Call begin(String id, String name) {
    if (called == MAX_CALLS) {
      throw new DialectException("the answer calls more than 1,000 tools", (String) null);
    }
    var call = new Call(called++, id);
    say(new Piece.ToolStarted(call.number, id.isEmpty() ? Ids.call(reply, call.number) : id, name));
    return call;
  }

  /// What servers of open models call the thoughts of a model; both names mean the same.
  static String thought(JsonNode message) {
    var thought = Tree.string(message, "reasoning_content");
    return thought.isEmpty() ? Tree.string(message, "reasoning") : thought;
  }

  /// A call of a tool.
  ///
  /// @param id as the server names it; empty if it does not
  private record Call(int number, String id) {
    /// Whether that is the id of another one.
    private boolean isOther(String other) {
      return !id.isEmpty() && !other.isEmpty() && !id.equals(other);
    }
  }
}
