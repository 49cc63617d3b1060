package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.PromptMeter;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Talk;
import io.faregate.simulator.tongue.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Reads one Chat body token by token; only tools, their choice and the response format become
/// trees, and only when given.
final class ChatReader {
  private static final int MOST_CHOICES = 128;

  private final JsonParser parser;
  private final Talk talk = new Talk();
  private final PromptMeter meter = talk.meter();
  private final Ask.Draft draft = new Ask.Draft(talk);
  private boolean messagesSeen;
  private boolean usageAsked;
  private @Nullable JsonNode tools;
  private @Nullable JsonNode toolChoice;
  private boolean parallelTools = true;
  private @Nullable JsonNode responseFormat;
  private boolean logprobs;
  private int topLogprobs;

  /// @throws Decline 400, if the body is not JSON or not a Chat call
  static Ask read(Request request) {
    try (JsonParser parser = Text.JSON.createParser(request.body().getBytes())) {
      return new ChatReader(parser).ask(request.model());
    } catch (JacksonException e) {
      throw Decline.badRequest(
          "We could not parse the JSON body of your request: " + e.getOriginalMessage());
    }
  }

  private ChatReader(JsonParser parser) {
    this.parser = parser;
  }

  private Ask ask(String addressed) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw Decline.badRequest("We could not parse the JSON body of your request: not an object");
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      field(name);
    }
    if (parser.nextToken() != null) {
      throw Decline.badRequest("We could not parse the JSON body of your request: text after it");
    }
    if (!addressed.isEmpty()) {
      draft.model = addressed;
    }
    if (draft.model.isEmpty()) {
      throw Decline.badRequest("you must provide a model parameter");
    }
    if (!messagesSeen) {
      throw Decline.badRequest("Missing required parameter: 'messages'.");
    }
    draft.usageAsked = usageAsked && draft.streamed;
    draft.topLogprobs = logprobs ? topLogprobs : -1;
    draft.schema = OpenAiShapes.schema(responseFormat, "json_schema");
    draft.tools =
        OpenAiShapes.tools(tools == null ? List.of() : tools.values(), toolChoice, parallelTools);
    return draft.ask();
  }

  private void field(String name) {
    switch (name) {
      case "model" -> draft.model = text(name);
      case "messages" -> messages();
      case "stream" -> draft.streamed = flag();
      case "stream_options" -> streamOptions();
      case "n" -> draft.choices = number(name, 1, MOST_CHOICES);
      case "max_tokens", "max_completion_tokens" ->
          draft.maxTokens = Math.min(draft.maxTokens, number(name, 1, Integer.MAX_VALUE));
      case "tools" -> tools = promptTree();
      case "tool_choice" -> toolChoice = parser.readValueAsTree();
      case "parallel_tool_calls" -> parallelTools = flag();
      case "response_format" -> responseFormat = promptTree();
      case "logprobs" -> logprobs = flag();
      case "top_logprobs" -> topLogprobs = number(name, 0, 20);
      case "user" -> draft.user = text(name);
      case "service_tier" -> draft.serviceTier = servedTier(text(name));
      default -> parser.skipChildren();
    }
  }

  static String servedTier(String asked) {
    return asked.isEmpty() || asked.equals("auto") ? "default" : asked;
  }

  private void messages() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw Decline.badRequest("Invalid type for 'messages': expected an array of objects.");
    }
    messagesSeen = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw Decline.badRequest("Invalid type for 'messages[]': expected an object.");
      }
      message();
    }
  }

  private void message() {
    String role = "";
    var text = new StringBuilder();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "role" -> role = text(name);
        case "content" -> content(text);
        case "tool_calls" -> text.append(parser.<JsonNode>readValueAsTree());
        default -> parser.skipChildren();
      }
    }
    talk.said(voice(role), role, text.toString());
  }

  private static Talk.Voice voice(String role) {
    return switch (role) {
      case "user" -> Talk.Voice.USER;
      case "tool", "function" -> Talk.Voice.TOOL;
      case "assistant" -> Talk.Voice.ASSISTANT;
      default -> Talk.Voice.SYSTEM;
    };
  }

  private void content(StringBuilder text) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      text.append(parser.getString());
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        part(text);
      }
    }
  }

  private void part(StringBuilder text) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
      if (name.equals("image_url")) {
        meter.image();
      }
      if (string && (name.equals("text") || name.equals("refusal"))) {
        text.append(parser.getString());
      } else {
        parser.skipChildren();
      }
    }
  }

  private void streamOptions() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (name.equals("include_usage")) {
        usageAsked = flag();
      } else {
        parser.skipChildren();
      }
    }
  }

  /// A tree that the model reads too, so its bytes count as prompt.
  private @Nullable JsonNode promptTree() {
    long start = parser.currentTokenLocation().getByteOffset();
    JsonNode tree = parser.readValueAsTree();
    if (tree.isNull()) {
      return null;
    }
    meter.json(parser.currentLocation().getByteOffset() - start);
    return tree;
  }

  private boolean flag() {
    boolean value = parser.currentToken() == JsonToken.VALUE_TRUE;
    parser.skipChildren();
    return value;
  }

  private String text(String name) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw Decline.badRequest("Invalid type for '%s': expected a string.".formatted(name));
    }
    return parser.getString();
  }

  private int number(String name, int least, int most) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return name.startsWith("max") ? most : least;
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw Decline.badRequest("Invalid type for '%s': expected an integer.".formatted(name));
    }
    long value = parser.getValueAsLong();
    if (value < least || value > most) {
      throw Decline.badRequest(
          "Invalid '%s': expected %d to %d, got %d.".formatted(name, least, most, value));
    }
    return (int) value;
  }
}
