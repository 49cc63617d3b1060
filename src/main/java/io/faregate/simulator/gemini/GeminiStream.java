package io.faregate.simulator.gemini;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Line.Kind;
import io.faregate.simulator.tongue.Line.Tells;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Text;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The chunks of a streamed answer. Gemini tells usage with every chunk, so far; the last one of
/// each candidate carries its finish reason and no terminal event follows.
final class GeminiStream {
  private final Sale sale;
  private final List<Line> lines = new ArrayList<>();
  private int produced;

  GeminiStream(Sale sale) {
    this.sale = sale;
  }

  static boolean sse(Sale sale) {
    return sale.ask().body().path("sse").asBoolean(false);
  }

  List<Line> lines() {
    if (GeminiTongue.thoughtsShown(sale)) {
      for (String thought : sale.answer().thoughts()) {
        add(Kind.FRAME, 0, chunk(0, part(thought).put("thought", true), null));
      }
    }
    List<Answer.Choice> choices = sale.answer().choices();
    for (int i = 0; i < choices.size(); i++) {
      Answer.Choice choice = choices.get(i);
      for (String token : choice.text()) {
        add(Kind.CONTENT, 1, chunk(i, part(token), null));
      }
      for (Answer.ToolCall call : choice.toolCalls()) {
        ObjectNode part = GeminiTongue.functionCall(call, choice);
        add(Kind.CONTENT, call.tokens(), chunk(i, part, null));
      }
    }
    for (int i = 0; i < choices.size(); i++) {
      boolean last = i == choices.size() - 1;
      String reason = GeminiTongue.finishReason(choices.get(i));
      add(last ? Kind.TERMINAL : Kind.CLOSING, 0, chunk(i, part(""), reason));
    }
    return lines;
  }

  private static ObjectNode part(String text) {
    return Text.JSON.createObjectNode().put("text", text);
  }

  private static ObjectNode chunk(int index, ObjectNode part, @Nullable String finishReason) {
    ObjectNode json = Text.JSON.createObjectNode();
    ObjectNode candidate = json.putArray("candidates").addObject();
    candidate.putObject("content").put("role", "model").putArray("parts").add(part);
    if (finishReason != null) {
      candidate.put("finishReason", finishReason);
    }
    candidate.put("index", index);
    return json;
  }

  private void add(Kind kind, int tokens, ObjectNode chunk) {
    produced += tokens;
    Reported now = sale.reported(produced, kind == Kind.TERMINAL);
    boolean told =
        switch (sale.usageHabit()) {
          case MISSING -> false;
          case EARLY -> kind != Kind.TERMINAL;
          case USUAL, CUMULATIVE, DECREASING, ZERO, NEGATIVE, ABSURD -> true;
        };
    if (told) {
      chunk.set("usageMetadata", GeminiTongue.usage(now));
    }
    Tells tells = !told ? Tells.NOTHING : now.right() ? Tells.USAGE : Tells.WRONG_USAGE;
    String text = GeminiTongue.named(chunk, sale).toString();
    boolean first = lines.isEmpty();
    lines.add(new Line(kind, tokens, tells, () -> framed(text, first, kind == Kind.TERMINAL)));
  }

  private Buffer framed(String json, boolean first, boolean last) {
    Buffer chunk = GeminiTongue.between(sale, first, json);
    return last && !sse(sale) ? chunk.appendString("]") : chunk;
  }
}
