package io.faregate.simulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// What the simulator needs of one Chat call.
///
/// @param prompt has read all messages
/// @param lastUserText where markers are looked for
/// @param afterToolResult whether tool results follow the last user message
/// @param maxTokens the smaller of both limits, or `Integer.MAX_VALUE`
/// @param topLogprobs alternatives per token; -1 without logprobs
/// @param user the client's `user` field, or empty
/// @param serviceTier the tier served: `default` unless the client names another
record ChatCall(
    String model,
    PromptMeter prompt,
    String lastUserText,
    boolean afterToolResult,
    boolean streamed,
    boolean usageAsked,
    int choices,
    int maxTokens,
    @Nullable JsonNode tools,
    @Nullable JsonNode toolChoice,
    boolean parallelTools,
    @Nullable JsonNode responseFormat,
    int topLogprobs,
    String user,
    String serviceTier) {
  /// @throws ChatError 400, if the body is not JSON or not a Chat call
  static ChatCall read(byte[] body) {
    try (JsonParser parser = Text.JSON.createParser(body)) {
      return new Reader(parser).call();
    } catch (JacksonException e) {
      throw ChatError.badRequest(
          "We could not parse the JSON body of your request: " + e.getOriginalMessage());
    }
  }

  /// Reads one Chat body token by token; only tools, their choice and the response format become
  /// trees, and only when given.
  private static final class Reader {
    private static final int MOST_CHOICES = 128;

    private final JsonParser parser;
    private final PromptMeter meter = new PromptMeter();
    private @Nullable String model;
    private boolean messagesSeen;
    private String lastUserText = "";
    private boolean afterToolResult;
    private boolean streamed;
    private boolean usageAsked;
    private int choices = 1;
    private int maxTokens = Integer.MAX_VALUE;
    private @Nullable JsonNode tools;
    private @Nullable JsonNode toolChoice;
    private boolean parallelTools = true;
    private @Nullable JsonNode responseFormat;
    private boolean logprobs;
    private int topLogprobs;
    private String user = "";
    private String serviceTier = "default";

    private Reader(JsonParser parser) {
      this.parser = parser;
    }

    private ChatCall call() {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ChatError.badRequest(
            "We could not parse the JSON body of your request: not an object");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        field(name);
      }
      if (parser.nextToken() != null) {
        throw ChatError.badRequest(
            "We could not parse the JSON body of your request: text after it");
      }
      if (model == null) {
        throw ChatError.badRequest("you must provide a model parameter");
      }
      if (!messagesSeen) {
        throw ChatError.badRequest("Missing required parameter: 'messages'.");
      }
      return new ChatCall(
          model,
          meter,
          lastUserText,
          afterToolResult,
          streamed,
          usageAsked && streamed,
          choices,
          maxTokens,
          tools,
          toolChoice,
          parallelTools,
          responseFormat,
          logprobs ? topLogprobs : -1,
          user,
          serviceTier);
    }

    private void field(String name) {
      switch (name) {
        case "model" -> model = text(name);
        case "messages" -> messages();
        case "stream" -> streamed = flag();
        case "stream_options" -> streamOptions();
        case "n" -> choices = number(name, 1, MOST_CHOICES);
        case "max_tokens", "max_completion_tokens" ->
            maxTokens = Math.min(maxTokens, number(name, 1, Integer.MAX_VALUE));
        case "tools" -> tools = promptTree();
        case "tool_choice" -> toolChoice = parser.readValueAsTree();
        case "parallel_tool_calls" -> parallelTools = flag();
        case "response_format" -> responseFormat = promptTree();
        case "logprobs" -> logprobs = flag();
        case "top_logprobs" -> topLogprobs = number(name, 0, 20);
        case "user" -> user = text(name);
        case "service_tier" -> serviceTier = servedTier(text(name));
        default -> parser.skipChildren();
      }
    }

    private static String servedTier(String asked) {
      return asked.isEmpty() || asked.equals("auto") ? "default" : asked;
    }

    private void messages() {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw ChatError.badRequest("Invalid type for 'messages': expected an array of objects.");
      }
      messagesSeen = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw ChatError.badRequest("Invalid type for 'messages[]': expected an object.");
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
      String whole = text.toString();
      meter.message(role, whole);
      if (role.equals("user")) {
        lastUserText = whole;
        afterToolResult = false;
      } else if (role.equals("tool")) {
        afterToolResult = true;
      }
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
        throw ChatError.badRequest("Invalid type for '%s': expected a string.".formatted(name));
      }
      return parser.getString();
    }

    private int number(String name, int least, int most) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return name.startsWith("max") ? most : least;
      }
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw ChatError.badRequest("Invalid type for '%s': expected an integer.".formatted(name));
      }
      long value = parser.getValueAsLong();
      if (value < least || value > most) {
        throw ChatError.badRequest(
            "Invalid '%s': expected %d to %d, got %d.".formatted(name, least, most, value));
      }
      return (int) value;
    }
  }
}
