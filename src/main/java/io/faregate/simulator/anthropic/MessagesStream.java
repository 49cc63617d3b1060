package io.faregate.simulator.anthropic;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Lines;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Sse;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.UsageHabit;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The events of a streamed message, in Anthropic's order: `message_start`, blocks,
/// `message_delta`, `message_stop`.
final class MessagesStream {
  private final Sale sale;
  private final Lines lines;
  private int blocks;

  MessagesStream(Sale sale) {
    this.sale = sale;
    this.lines = new Lines(sale, reported -> messageDelta(false, reported));
  }

  List<Line> lines() {
    Answer.Choice choice = sale.answer().first();
    lines.frame(() -> event(start()));
    if (MessagesTongue.thinks(sale)) {
      thinking();
    }
    if (!choice.text().isEmpty() || choice.toolCalls().isEmpty()) {
      text(choice);
    }
    choice.toolCalls().forEach(this::toolCall);
    lines.contentEnds();
    boolean told = lines.usageAtEnd();
    Reported all = sale.reported();
    lines.closing(told, () -> messageDelta(true, told ? all : null));
    lines.terminal(false, () -> event(object("message_stop")));
    return lines.list();
  }

  private ObjectNode start() {
    ObjectNode json = object("message_start");
    ObjectNode message = MessagesTongue.message(sale);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    if (sale.usageHabit() != UsageHabit.MISSING) {
      message.set("usage", MessagesTongue.usage(first(), true));
    }
    json.set("message", message);
    return json;
  }

  /// Anthropic opens with one output token, whatever follows.
  private Reported first() {
    return new Reported(sale.tokens().promptOnly(), "1", false);
  }

  private void thinking() {
    int index = blocks++;
    ObjectNode block = object("thinking").put("thinking", "").put("signature", "");
    lines.frame(() -> blockStart(index, block));
    ping(index);
    for (String piece : sale.answer().thoughts()) {
      lines.frame(() -> delta(index, object("thinking_delta").put("thinking", piece)));
    }
    String signature = MessagesTongue.signature(sale);
    lines.frame(() -> delta(index, object("signature_delta").put("signature", signature)));
    lines.frame(() -> blockStop(index));
  }

  private void text(Answer.Choice choice) {
    int index = blocks++;
    lines.frame(() -> blockStart(index, object("text").put("text", "")));
    ping(index);
    for (String token : choice.text()) {
      String head = "{\"type\":\"content_block_delta\",\"index\":" + index;
      lines.content(
          1,
          () ->
              Sse.named(
                  "content_block_delta",
                  head
                      + ",\"delta\":{\"type\":\"text_delta\",\"text\":"
                      + Text.quoted(token)
                      + "}}"));
    }
    lines.frame(() -> blockStop(index));
  }

  /// One ping follows the start of the first block.
  private void ping(int index) {
    if (index == 0) {
      lines.frame(() -> event(object("ping")));
    }
  }

  private void toolCall(Answer.ToolCall call) {
    int index = blocks++;
    ObjectNode block = MessagesTongue.toolUse(call);
    block.putObject("input");
    lines.content(1, () -> blockStart(index, block));
    ping(index);
    lines.frame(() -> partialJson(index, ""));
    for (String piece : call.arguments()) {
      lines.content(1, () -> partialJson(index, piece));
    }
    lines.frame(() -> blockStop(index));
  }

  private static Buffer partialJson(int index, String piece) {
    return delta(index, object("input_json_delta").put("partial_json", piece));
  }

  private static Buffer blockStart(int index, ObjectNode block) {
    ObjectNode json = object("content_block_start").put("index", index);
    json.set("content_block", block);
    return event(json);
  }

  private static Buffer delta(int index, ObjectNode delta) {
    ObjectNode json = object("content_block_delta").put("index", index);
    json.set("delta", delta);
    return event(json);
  }

  private static Buffer blockStop(int index) {
    return event(object("content_block_stop").put("index", index));
  }

  private Buffer messageDelta(boolean ends, @Nullable Reported reported) {
    ObjectNode json = object("message_delta");
    ObjectNode delta = json.putObject("delta");
    if (ends) {
      delta.put("stop_reason", MessagesTongue.stopReason(sale.answer().first()));
    } else {
      delta.putNull("stop_reason");
    }
    delta.putNull("stop_sequence");
    if (reported != null) {
      json.set("usage", MessagesTongue.usage(reported, false));
    }
    return event(json);
  }

  private static ObjectNode object(String type) {
    return Text.JSON.createObjectNode().put("type", type);
  }

  private static Buffer event(ObjectNode json) {
    return Sse.named(json.path("type").asString(), json.toString());
  }
}
