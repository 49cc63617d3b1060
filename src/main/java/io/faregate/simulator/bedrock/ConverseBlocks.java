package io.faregate.simulator.bedrock;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Lines;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Text;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.node.ObjectNode;

/// The blocks of a streamed answer: reasoning, text, uses of tools. Only the latter have a start.
final class ConverseBlocks {
  private final Lines lines;
  private int blocks;

  ConverseBlocks(Lines lines) {
    this.lines = lines;
  }

  void write(Sale sale) {
    Answer.Choice choice = sale.answer().first();
    if (ConverseTongue.thinks(sale)) {
      for (String thought : sale.answer().thoughts()) {
        reasoning("text", thought);
      }
      reasoning("signature", ConverseTongue.signature(sale));
      stop();
    }
    if (!choice.text().isEmpty() || choice.toolCalls().isEmpty()) {
      for (String token : choice.text()) {
        ObjectNode text = Text.JSON.createObjectNode().put("text", token);
        int index = blocks;
        lines.content(1, () -> delta(index, text));
      }
      stop();
    }
    choice.toolCalls().forEach(this::toolUse);
  }

  private void reasoning(String name, String value) {
    ObjectNode delta = Text.JSON.createObjectNode();
    delta.putObject("reasoningContent").put(name, value);
    int index = blocks;
    lines.frame(() -> delta(index, delta));
  }

  private void toolUse(Answer.ToolCall call) {
    int index = blocks;
    ObjectNode start = at(index);
    start
        .putObject("start")
        .putObject("toolUse")
        .put("toolUseId", call.id("tooluse_"))
        .put("name", call.name());
    lines.content(1, () -> Frames.event("contentBlockStart", start));
    for (String piece : call.arguments()) {
      ObjectNode delta = Text.JSON.createObjectNode();
      delta.putObject("toolUse").put("input", piece);
      lines.content(1, () -> delta(index, delta));
    }
    stop();
  }

  private void stop() {
    int index = blocks++;
    lines.frame(() -> Frames.event("contentBlockStop", at(index)));
  }

  private static Buffer delta(int index, ObjectNode delta) {
    ObjectNode json = at(index);
    json.set("delta", delta);
    return Frames.event("contentBlockDelta", json);
  }

  private static ObjectNode at(int index) {
    return Text.JSON.createObjectNode().put("contentBlockIndex", index);
  }
}
