package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Talk;
import io.faregate.simulator.tongue.Talk.Voice;
import io.faregate.simulator.tongue.Text;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a Responses body: instructions, what an earlier response kept, input.
final class ResponsesReader {
  private final ObjectNode body;
  private final Talk talk = new Talk();
  private final List<JsonNode> tools = new ArrayList<>();

  private ResponsesReader(ObjectNode body) {
    this.body = body;
  }

  /// `earlier` are the items of the response that the body builds on.
  ///
  /// @throws Decline 400, if it is not a Responses call
  static Ask read(Request request, ObjectNode body, List<JsonNode> earlier) {
    return new ResponsesReader(body).ask(request, earlier);
  }

  private Ask ask(Request request, List<JsonNode> earlier) {
    var draft = new Ask.Draft(talk);
    draft.model = request.model().isEmpty() ? text(body, "model") : request.model();
    if (draft.model.isEmpty()) {
      throw Decline.badRequest("Missing required parameter: 'model'.");
    }
    if (body.path("instructions").isString()) {
      talk.said(Voice.SYSTEM, "developer", text(body, "instructions"));
    }
    earlier.forEach(this::item);
    items(body.path("input")).forEach(this::item);
    JsonNode given = body.path("tools");
    if (given.isArray()) {
      tools.addAll(given.values());
    }
    JsonNode format = body.path("text").path("format");
    talk.meter().json(given.isArray() ? given.toString().length() : 0);
    talk.meter().json(format.isObject() ? format.toString().length() : 0);
    JsonNode choice = body.path("tool_choice");
    draft.tools =
        OpenAiShapes.tools(
            tools,
            choice.isMissingNode() ? null : choice,
            body.path("parallel_tool_calls").asBoolean(true));
    draft.schema = OpenAiShapes.schema(format, "");
    draft.streamed = body.path("stream").asBoolean(false);
    draft.maxTokens = limit();
    String effort = text(body.path("reasoning"), "effort");
    draft.thinks = !effort.isEmpty() && !effort.equals("none");
    draft.user = text(body, "user");
    draft.serviceTier = ChatReader.servedTier(text(body, "service_tier"));
    draft.body = body;
    return draft.ask();
  }

  private int limit() {
    JsonNode given = body.path("max_output_tokens");
    if (!given.isNumber()) {
      return Integer.MAX_VALUE;
    }
    if (given.asInt(0) < 1) {
      throw Decline.badRequest("Invalid 'max_output_tokens': expected at least 1.");
    }
    return given.asInt(0);
  }

  /// The items of an input; a text is one message of the user.
  static List<JsonNode> items(JsonNode input) {
    if (input.isString()) {
      ObjectNode message =
          Text.JSON
              .createObjectNode()
              .put("type", "message")
              .put("role", "user")
              .put("content", input.asString());
      return List.of(message);
    }
    return input.isArray() ? List.copyOf(input.values()) : List.of();
  }

  private void item(JsonNode item) {
    switch (item.path("type").asString("message")) {
      case "message" -> message(item);
      case "function_call", "custom_tool_call" ->
          talk.called(
              "assistant",
              text(item, "call_id"),
              text(item, "name") + text(item, "arguments") + text(item, "input"));
      case "function_call_output", "custom_tool_call_output" -> {
        JsonNode output = item.path("output");
        talk.said(Voice.TOOL, "tool", output.isString() ? output.asString() : output.toString());
      }
      case "additional_tools" -> {
        talk.said(Voice.SYSTEM, "item", item.toString());
        tools.addAll(item.path("tools").values());
      }
      case "reasoning" -> talk.said(Voice.ASSISTANT, "assistant", text(item, "encrypted_content"));
      default -> talk.said(Voice.SYSTEM, "item", item.toString());
    }
  }

  private void message(JsonNode item) {
    Voice voice =
        switch (text(item, "role")) {
          case "user" -> Voice.USER;
          case "assistant" -> Voice.ASSISTANT;
          case "system", "developer" -> Voice.SYSTEM;
          default ->
              throw Decline.badRequest(
                  "Invalid value for 'input[].role': expected user, assistant, system, developer.");
        };
    JsonNode content = item.path("content");
    var whole = new StringBuilder(content.asString(""));
    for (JsonNode part : content) {
      whole.append(text(part, "text")).append(text(part, "refusal"));
      if (text(part, "type").equals("input_image")) {
        talk.meter().image();
      }
    }
    talk.said(voice, text(item, "role"), whole.toString());
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
