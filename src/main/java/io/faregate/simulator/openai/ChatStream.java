package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Line.Kind;
import io.faregate.simulator.tongue.Line.Tells;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.UsageHabit;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// The events of a streamed Chat answer. Every event that carries content carries exactly one
/// billed token; the choices take turns. Repeated usage stands beside the content, where some
/// compatible servers put it.
final class ChatStream {
  private static final String DONE = "data: [DONE]\n\n";

  /// A chunk of one choice; `logprobs` and `finish` are JSON.
  private record Delta(int choice, String delta, String logprobs, String finish, int tokens) {}

  private final Sale sale;
  private final String head;
  private final String tail;
  private final boolean repeated;
  private final List<Line> lines = new ArrayList<>();
  private int produced;

  ChatStream(Sale sale) {
    this.sale = sale;
    this.head = "data: " + ChatTongue.envelope(sale, "chat.completion.chunk") + "\"choices\":[";
    this.tail = sale.ask().usageAsked() ? "],\"usage\":null}\n\n" : "]}\n\n";
    this.repeated =
        sale.usageHabit() == UsageHabit.CUMULATIVE || sale.usageHabit() == UsageHabit.DECREASING;
  }

  List<Line> lines() {
    List<List<Delta>> byChoice = new ArrayList<>();
    for (int i = 0; i < sale.answer().choices().size(); i++) {
      byChoice.add(content(i));
    }
    for (int i = 0; i < byChoice.size(); i++) {
      boolean speaks = sale.answer().choices().get(i).toolCalls().isEmpty();
      String content = speaks ? "\"\"" : "null";
      String delta = "{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null}";
      add(Kind.FRAME, delta(i, delta, 0));
    }
    takeTurns(byChoice);
    finish();
    return lines;
  }

  private void add(Kind kind, Delta delta) {
    produced += delta.tokens();
    if (repeated) {
      Reported now = sale.reported(produced, kind == Kind.CLOSING);
      Tells tells = now.right() ? Tells.USAGE : Tells.WRONG_USAGE;
      lines.add(new Line(kind, delta.tokens(), tells, () -> text(delta, usage(now))));
    } else {
      lines.add(new Line(kind, delta.tokens(), Tells.NOTHING, () -> text(delta, tail)));
    }
  }

  private Buffer text(Delta delta, String end) {
    var text = new StringBuilder(head.length() + delta.delta().length() + 96).append(head);
    text.append("{\"index\":").append(delta.choice()).append(",\"delta\":").append(delta.delta());
    text.append(",\"logprobs\":").append(delta.logprobs());
    text.append(",\"finish_reason\":").append(delta.finish()).append('}');
    return Buffer.buffer(text.append(end).toString());
  }

  private static String usage(Reported reported) {
    return "],\"usage\":" + OpenAiShapes.chatUsage(reported) + "}\n\n";
  }

  private void takeTurns(List<List<Delta>> byChoice) {
    int longest = 0;
    for (List<Delta> content : byChoice) {
      longest = Math.max(longest, content.size());
    }
    for (int turn = 0; turn < longest; turn++) {
      for (List<Delta> content : byChoice) {
        if (turn < content.size()) {
          add(Kind.CONTENT, content.get(turn));
        }
      }
    }
  }

  private void finish() {
    boolean usage = sale.ask().usageAsked() && sale.usageHabit() != UsageHabit.MISSING && !repeated;
    boolean early = sale.usageHabit() == UsageHabit.EARLY;
    if (usage && early) {
      addUsage();
    }
    for (int i = 0; i < sale.answer().choices().size(); i++) {
      String reason = Text.quoted(ChatTongue.finishReason(sale.answer().choices().get(i)));
      add(Kind.CLOSING, new Delta(i, "{}", "null", reason, 0));
    }
    if (usage && !early) {
      addUsage();
    }
    lines.add(new Line(Kind.TERMINAL, 0, Tells.NOTHING, () -> Buffer.buffer(DONE)));
  }

  private void addUsage() {
    Reported all = sale.reported();
    Tells tells = all.right() ? Tells.USAGE : Tells.WRONG_USAGE;
    lines.add(new Line(Kind.CLOSING, 0, tells, () -> Buffer.buffer(head + usage(all))));
  }

  private List<Delta> content(int index) {
    Answer.Choice choice = sale.answer().choices().get(index);
    var content = new ArrayList<Delta>(choice.tokens());
    for (String token : choice.text()) {
      String delta = Text.quote(new StringBuilder("{\"content\":"), token).append('}').toString();
      content.add(new Delta(index, delta, logprobs(token), "null", 1));
    }
    for (int tool = 0; tool < choice.toolCalls().size(); tool++) {
      Answer.ToolCall call = choice.toolCalls().get(tool);
      String at = "{\"tool_calls\":[{\"index\":" + tool + ",";
      content.add(delta(index, at + opening(call), 1));
      for (String piece : call.arguments()) {
        String more =
            "\"%s\":{\"%s\":%s}}]}"
                .formatted(
                    ChatTongue.type(call), ChatTongue.argumentsName(call), Text.quoted(piece));
        content.add(delta(index, at + more, 1));
      }
    }
    return content;
  }

  private static String opening(Answer.ToolCall call) {
    String type = ChatTongue.type(call);
    return "\"id\":\"%s\",\"type\":\"%s\",\"%s\":{\"name\":%s,\"%s\":\"\"}}]}"
        .formatted(
            call.id("call_"), type, type, Text.quoted(call.name()), ChatTongue.argumentsName(call));
  }

  private static Delta delta(int choice, String delta, int tokens) {
    return new Delta(choice, delta, "null", "null", tokens);
  }

  private String logprobs(String token) {
    if (sale.ask().topLogprobs() < 0) {
      return "null";
    }
    var json = new StringBuilder("{\"content\":[");
    Text.logprob(json, token, sale.ask().topLogprobs());
    return json.append("],\"refusal\":null}").toString();
  }
}
