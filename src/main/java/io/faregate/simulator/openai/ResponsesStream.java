package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Lines;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Sse;
import io.faregate.simulator.tongue.Text;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The typed events of a streamed response, numbered as they are written.
final class ResponsesStream {
  private final Sale sale;
  private final ResponseObject response;
  private final Lines lines;
  private int sequence;
  private int outputs;

  ResponsesStream(Sale sale) {
    this.sale = sale;
    this.response = new ResponseObject(sale);
    this.lines = new Lines(sale, this::progress);
  }

  List<Line> lines() {
    lines.frame(() -> nested("response.created", "in_progress", List.of(), null));
    lines.frame(() -> nested("response.in_progress", "in_progress", List.of(), null));
    Iterator<ObjectNode> begun = response.items(false).iterator();
    List<ObjectNode> done = response.items(true);
    Iterator<Answer.ToolCall> calls = sale.answer().first().toolCalls().iterator();
    for (ObjectNode item : done) {
      ObjectNode empty = begun.next();
      switch (item.path("type").asString()) {
        case "reasoning" -> reasoning(empty, item);
        case "message" -> message(empty, item);
        default -> call(calls.next(), empty, item);
      }
      outputs++;
    }
    lines.contentEnds();
    boolean told = lines.usageAtEnd();
    String status = response.status();
    Reported all = told ? sale.reported() : null;
    lines.terminal(told, () -> nested("response." + status, status, done, all));
    return lines.list();
  }

  private Buffer progress(Reported reported) {
    return nested("response.in_progress", "in_progress", List.of(), reported);
  }

  private void reasoning(ObjectNode empty, ObjectNode item) {
    int output = outputs;
    lines.frame(() -> itemEvent("response.output_item.added", output, empty));
    if (response.summarised()) {
      String id = item.path("id").asString();
      String base = "response.reasoning_summary_";
      lines.frame(() -> summary(base + "part.added", output, id, part("")));
      for (String piece : sale.answer().thoughts()) {
        lines.frame(() -> summary(base + "text.delta", output, id, field("delta", piece)));
      }
      String whole = response.thoughts();
      lines.frame(() -> summary(base + "text.done", output, id, field("text", whole)));
      lines.frame(() -> summary(base + "part.done", output, id, part(whole)));
    }
    lines.frame(() -> itemEvent("response.output_item.done", output, item));
  }

  private Buffer summary(String type, int output, String id, ObjectNode more) {
    ObjectNode json = at(type, output, id).put("summary_index", 0);
    json.setAll(more);
    return Sse.named(type, json.toString());
  }

  private static ObjectNode part(String text) {
    ObjectNode more = Text.JSON.createObjectNode();
    more.putObject("part").put("type", "summary_text").put("text", text);
    return more;
  }

  private static ObjectNode field(String name, String text) {
    return Text.JSON.createObjectNode().put(name, text);
  }

  private void message(ObjectNode empty, ObjectNode item) {
    int output = outputs;
    String id = item.path("id").asString();
    Answer.Choice choice = sale.answer().first();
    lines.frame(() -> itemEvent("response.output_item.added", output, empty));
    lines.frame(() -> partEvent("response.content_part.added", output, id, ""));
    for (String token : choice.text()) {
      lines.content(1, () -> text("response.output_text.delta", output, id, field("delta", token)));
    }
    String whole = choice.wholeText();
    lines.frame(() -> text("response.output_text.done", output, id, field("text", whole)));
    lines.frame(() -> partEvent("response.content_part.done", output, id, whole));
    lines.frame(() -> itemEvent("response.output_item.done", output, item));
  }

  private Buffer text(String type, int output, String id, ObjectNode more) {
    ObjectNode json = at(type, output, id).put("content_index", 0);
    json.setAll(more);
    json.putArray("logprobs");
    return Sse.named(type, json.toString());
  }

  private Buffer partEvent(String type, int output, String id, String text) {
    ObjectNode json = at(type, output, id).put("content_index", 0);
    json.set("part", ResponseObject.part(text));
    return Sse.named(type, json.toString());
  }

  private void call(Answer.ToolCall call, ObjectNode empty, ObjectNode item) {
    int output = outputs;
    String id = item.path("id").asString();
    String what =
        call.freeform() ? "response.custom_tool_call_input." : "response.function_call_arguments.";
    lines.content(1, () -> itemEvent("response.output_item.added", output, empty));
    for (String piece : call.arguments()) {
      lines.content(
          1,
          () ->
              Sse.named(
                  what + "delta", at(what + "delta", output, id).put("delta", piece).toString()));
    }
    String name = ChatTongue.argumentsName(call);
    String whole = call.wholeArguments();
    lines.frame(
        () -> Sse.named(what + "done", at(what + "done", output, id).put(name, whole).toString()));
    lines.frame(() -> itemEvent("response.output_item.done", output, item));
  }

  private ObjectNode at(String type, int output, String id) {
    return numbered(type).put("item_id", id).put("output_index", output);
  }

  private ObjectNode numbered(String type) {
    return Text.JSON.createObjectNode().put("type", type).put("sequence_number", sequence++);
  }

  private Buffer itemEvent(String type, int output, ObjectNode item) {
    ObjectNode json = numbered(type).put("output_index", output);
    json.set("item", item);
    return Sse.named(type, json.toString());
  }

  private Buffer nested(
      String type, String status, List<ObjectNode> output, @Nullable Reported reported) {
    return event(type, sequence++, response.whole(status, output, reported));
  }

  /// An event that carries the whole response.
  static Buffer event(String type, int number, ObjectNode response) {
    ObjectNode json = Text.JSON.createObjectNode().put("type", type).put("sequence_number", number);
    json.set("response", response);
    return Sse.named(type, json.toString());
  }
}
