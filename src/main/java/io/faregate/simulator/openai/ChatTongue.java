package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Sse;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tongue;
import io.faregate.simulator.tongue.UsageHabit;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// OpenAI Chat.
public final class ChatTongue implements Tongue {
  @Override
  public String name() {
    return "chat";
  }

  @Override
  public Ask read(Request request) {
    OpenAiShapes.versioned(request);
    return ChatReader.read(request);
  }

  @Override
  public String key(Request request) {
    return OpenAiShapes.key(request);
  }

  @Override
  public String plain(Sale sale) {
    var json = new StringBuilder(512 + 8 * sale.answer().visibleTokens());
    json.append(envelope(sale, "chat.completion")).append("\"choices\":[");
    for (int i = 0; i < sale.answer().choices().size(); i++) {
      choice(json.append(i == 0 ? "" : ","), i, sale);
    }
    json.append(']');
    if (sale.usageHabit() != UsageHabit.MISSING) {
      json.append(",\"usage\":").append(OpenAiShapes.chatUsage(sale.reported()));
    }
    return json.append('}').toString();
  }

  @Override
  public List<Line> stream(Sale sale) {
    return new ChatStream(sale).lines();
  }

  @Override
  public String error(Decline decline) {
    return OpenAiShapes.error(decline);
  }

  @Override
  public Buffer errorEvent(Sale sale, Decline decline, int eventsBefore) {
    return Sse.data(error(decline));
  }

  @Override
  public Buffer brokenEvent(Sale sale) {
    return Sse.data("{\"id\":\"chatcmpl\",\"choices\":[{\"ind");
  }

  @Override
  public Buffer hugeEvent(Sale sale, int bytes) {
    return Sse.data(
        Sse.padded("\"id\":\"\",\"object\":\"chat.completion.chunk\",\"choices\":[],", bytes));
  }

  /// The beginning of every object of the answer, up to and without `choices`.
  static String envelope(Sale sale, String object) {
    var json = new StringBuilder(224).append("{\"id\":\"").append(sale.id("chatcmpl-"));
    json.append("\",\"object\":\"").append(object).append("\",\"created\":");
    json.append(sale.createdAtSeconds()).append(",\"model\":");
    Text.quote(json, sale.ask().model()).append(",\"service_tier\":");
    Text.quote(json, sale.ask().serviceTier()).append(",\"system_fingerprint\":\"");
    return json.append(sale.fingerprint()).append("\",").toString();
  }

  static String finishReason(Answer.Choice choice) {
    return switch (choice.stop()) {
      case DONE -> "stop";
      case TOOLS -> "tool_calls";
      case LENGTH -> "length";
    };
  }

  private static void choice(StringBuilder json, int index, Sale sale) {
    Answer.Choice choice = sale.answer().choices().get(index);
    json.append("{\"index\":").append(index);
    json.append(",\"message\":{\"role\":\"assistant\",\"content\":");
    boolean silent = choice.text().isEmpty() && !choice.toolCalls().isEmpty();
    json.append(silent ? "null" : Text.quoted(choice.wholeText()));
    if (!choice.toolCalls().isEmpty()) {
      toolCalls(json.append(",\"tool_calls\":["), choice);
    }
    json.append(",\"refusal\":null,\"annotations\":[]},\"logprobs\":");
    logprobs(json, choice, sale);
    json.append(",\"finish_reason\":\"").append(finishReason(choice)).append("\"}");
  }

  private static void toolCalls(StringBuilder json, Answer.Choice choice) {
    String comma = "";
    for (Answer.ToolCall call : choice.toolCalls()) {
      json.append(comma).append("{\"id\":\"").append(call.id("call_"));
      json.append("\",\"type\":\"").append(type(call)).append("\",\"").append(type(call));
      json.append("\":{\"name\":").append(Text.quoted(call.name()));
      json.append(",\"").append(argumentsName(call)).append("\":");
      json.append(Text.quoted(call.wholeArguments())).append("}}");
      comma = ",";
    }
    json.append(']');
  }

  static String type(Answer.ToolCall call) {
    return call.freeform() ? "custom" : "function";
  }

  static String argumentsName(Answer.ToolCall call) {
    return call.freeform() ? "input" : "arguments";
  }

  private static void logprobs(StringBuilder json, Answer.Choice choice, Sale sale) {
    if (sale.ask().topLogprobs() < 0 || !choice.toolCalls().isEmpty()) {
      json.append("null");
      return;
    }
    json.append("{\"content\":[");
    String comma = "";
    for (String token : choice.text()) {
      Text.logprob(json.append(comma), token, sale.ask().topLogprobs());
      comma = ",";
    }
    json.append("],\"refusal\":null}");
  }
}
