package io.faregate.dialect.gemini;

import io.faregate.dialect.SseText;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import io.faregate.dialect.translate.provider.Events;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The stream of a Gemini answer. It has no event for its end: the answer is complete with the
/// chunk that gives the reason why it ends.
final class GeminiPieces extends Events {
  private final GeminiUsage usage = new GeminiUsage();
  private String reply = "";
  private int calls;

  @Override
  public Reply.Spent spent() {
    return usage.spent();
  }

  @Override
  protected void event(SseText data) {
    var chunk = Tree.parse(data.bytes(), data.from(), data.length());
    if (chunk.hasNonNull("error")) {
      say(new Piece.Failed(GeminiProvider.trouble(0, chunk.path("error"))));
      return;
    }
    usage.read(chunk);
    var candidate = Tree.array(chunk, "candidates").path(0);
    boolean blocked = chunk.path("promptFeedback").hasNonNull("blockReason");
    if (!candidate.isObject() && !blocked) {
      return;
    }
    if (!started()) {
      reply = Tree.string(chunk, "responseId");
      say(new Piece.Started(reply, Tree.string(chunk, "modelVersion"), null));
    }
    GeminiProvider.parts(candidate).forEach(this::part);
    if (blocked || candidate.hasNonNull("finishReason")) {
      end(chunk, candidate);
    }
  }

  private void part(JsonNode part) {
    var call = part.path("functionCall");
    var text = Tree.string(part, "text");
    if (call.isObject()) {
      say(
          new Piece.ToolStarted(
              calls, GeminiProvider.id(call, reply, calls), Tree.string(call, "name")));
      say(new Piece.Arguments(calls, Tree.text(Tree.object(call, "args"))));
      say(new Piece.ToolEnded(calls));
      calls++;
    } else if (!text.isEmpty()) {
      say(part.path("thought").asBoolean(false) ? new Piece.Thought(text) : new Piece.Text(text));
    }
  }

  private void end(ObjectNode chunk, JsonNode candidate) {
    var stop = GeminiProvider.stop(chunk, candidate);
    if (stop == null) {
      var broken = "the model broke off its answer";
      say(new Piece.Failed(Trouble.midStream(Trouble.Kind.SERVER, broken)));
      return;
    }
    var told = stop == Stop.END && calls > 0 ? Stop.TOOLS : stop;
    say(new Piece.Ended(told, null, spent().usage()));
  }
}
