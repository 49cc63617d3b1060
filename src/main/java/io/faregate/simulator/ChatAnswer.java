package io.faregate.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the model says: reasoning that is only counted, then one or more choices. The same seed,
/// model, prompt and markers always give the same answer.
record ChatAnswer(int reasoningTokens, List<Choice> choices) {
  private static final int SHORTEST = 20;
  private static final int SPREAD = 100;

  /// One choice, in tokens: text, or calls of tools. `cutShort` if the token limit ended it.
  record Choice(List<String> text, List<ToolCall> toolCalls, boolean cutShort) {
    int tokens() {
      int tokens = text.size();
      for (ToolCall toolCall : toolCalls) {
        tokens += toolCall.tokens();
      }
      return tokens;
    }

    String finishReason() {
      return cutShort ? "length" : toolCalls.isEmpty() ? "stop" : "tool_calls";
    }
  }

  /// One call of a tool; its arguments are the tokens of a JSON object, its name is one more.
  record ToolCall(String id, String name, List<String> arguments) {
    int tokens() {
      return 1 + arguments.size();
    }
  }

  /// What the answer is made from. `fixedTokens` is the length of plain text answers, 0 for a
  /// length that depends on the prompt.
  record Source(long seed, int fixedTokens) {}

  /// The tokens that are shown, over all choices.
  int visibleTokens() {
    int tokens = 0;
    for (Choice choice : choices) {
      tokens += choice.tokens();
    }
    return tokens;
  }

  /// @throws ChatError 400, if a marker asks for a tool that the call does not offer
  static ChatAnswer to(ChatCall call, SimulatedModel model, Markers markers, Source source) {
    long seed = Text.mix(source.seed() ^ call.prompt().hash() ^ Text.mix(model.name().hashCode()));
    int thinking =
        markers.count(
            "reasoning", model.reasons() ? 16 + (int) Long.remainderUnsigned(seed, 240) : 0);
    int reasoning = Math.min(thinking, call.maxTokens());
    int room = call.maxTokens() - reasoning;
    var choices = new ArrayList<Choice>(call.choices());
    List<String> tools = toolsToCall(call, markers);
    for (int i = 0; i < call.choices(); i++) {
      long own = seed + i;
      choices.add(
          tools.isEmpty()
              ? spoken(text(call, markers, new Source(own, source.fixedTokens())), room)
              : calling(tools, call, new Room(room, own)));
    }
    return new ChatAnswer(reasoning * call.choices(), choices);
  }

  private static List<String> text(ChatCall call, Markers markers, Source source) {
    if (markers.given("say")) {
      return Text.quarters(markers.text("say"));
    }
    JsonNode format = call.responseFormat();
    String type = format == null ? "" : format.path("type").asString("");
    if (format != null && type.equals("json_schema")) {
      return Text.quarters(SchemaInstance.of(format.path("json_schema").path("schema")).toString());
    }
    if (type.equals("json_object")) {
      return Text.quarters("{\"answer\":\"text\"}");
    }
    int usual = SHORTEST + (int) Long.remainderUnsigned(source.seed(), SPREAD);
    int tokens = markers.count("tokens", source.fixedTokens() > 0 ? source.fixedTokens() : usual);
    // Nothing beyond the limit needs to be invented; one token more tells that it was cut.
    return Text.words(source.seed(), (int) Math.min(tokens, call.maxTokens() + 1L));
  }

  private static Choice spoken(List<String> text, int room) {
    boolean cutShort = text.size() > room;
    return new Choice(cutShort ? List.copyOf(text.subList(0, room)) : text, List.of(), cutShort);
  }

  /// Tokens left, and what makes the ids of this choice its own.
  private record Room(int tokens, long seed) {}

  private static Choice calling(List<String> names, ChatCall call, Room room) {
    var calls = new ArrayList<ToolCall>();
    int left = room.tokens();
    for (String name : names) {
      List<String> arguments = Text.quarters(arguments(name, call.tools()));
      String id = "call_%016x".formatted(Text.mix(room.seed() + calls.size()));
      if (left < 1 + arguments.size()) {
        if (left > 0) {
          calls.add(new ToolCall(id, name, List.copyOf(arguments.subList(0, left - 1))));
        }
        return new Choice(List.of(), calls, true);
      }
      left -= 1 + arguments.size();
      calls.add(new ToolCall(id, name, arguments));
    }
    return new Choice(List.of(), calls, false);
  }

  private static String arguments(String tool, @Nullable JsonNode tools) {
    if (tools != null) {
      for (JsonNode offered : tools) {
        JsonNode function = offered.path("function");
        if (function.path("name").asString("").equals(tool)) {
          return SchemaInstance.of(function.path("parameters")).toString();
        }
      }
    }
    throw ChatError.badRequest("the call offers no tool named `%s`".formatted(tool));
  }

  private static List<String> toolsToCall(ChatCall call, Markers markers) {
    JsonNode offered = call.tools();
    // After the tools have answered, the model does.
    if (offered == null || call.afterToolResult()) {
      return List.of();
    }
    JsonNode choice = call.toolChoice();
    String mode = choice == null ? "auto" : choice.asString("");
    String forced = choice == null ? "" : choice.path("function").path("name").asString("");
    if (!forced.isEmpty()) {
      return List.of(forced);
    }
    if (!mode.equals("none") && !markers.tools().isEmpty()) {
      return call.parallelTools() ? markers.tools() : markers.tools().subList(0, 1);
    }
    return mode.equals("required")
        ? List.of(offered.path(0).path("function").path("name").asString(""))
        : List.of();
  }
}
