package io.faregate.simulator.anthropic;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.PromptMeter.Lifetime;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Talk;
import io.faregate.simulator.tongue.Talk.Voice;
import io.faregate.simulator.tongue.Tools;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a Messages body in the order in which Anthropic caches: tools, system, messages.
final class MessagesReader {
  private final ObjectNode body;
  private final Talk talk = new Talk();

  private MessagesReader(ObjectNode body) {
    this.body = body;
  }

  /// @throws Decline 400, if it is not a Messages call
  static Ask read(Request request, Ask.Purpose purpose) {
    var reader = new MessagesReader(request.json());
    return reader.ask(purpose);
  }

  private Ask ask(Ask.Purpose purpose) {
    var draft = new Ask.Draft(talk);
    draft.model = required("model").asString("");
    JsonNode messages = required("messages");
    if (purpose == Ask.Purpose.ANSWER) {
      draft.maxTokens = required("max_tokens").asInt(0);
      if (draft.maxTokens < 1) {
        throw Decline.badRequest("max_tokens: must be greater than or equal to 1");
      }
    }
    draft.tools = tools();
    system(body.path("system"));
    for (JsonNode message : messages) {
      message(message);
    }
    if (body.path("cache_control").isObject()) {
      talk.meter().mark(lifetime(body));
    }
    draft.purpose = purpose;
    draft.streamed = purpose == Ask.Purpose.ANSWER && body.path("stream").asBoolean(false);
    draft.thinks = List.of("enabled", "adaptive").contains(text(body.path("thinking"), "type"));
    draft.cacheMarked = true;
    draft.user = text(body.path("metadata"), "user_id");
    draft.serviceTier = "standard";
    JsonNode format = body.path("output_config").path("format");
    JsonNode schema = (format.isObject() ? format : body.path("output_format")).path("schema");
    draft.schema = schema.isObject() ? schema : null;
    return draft.ask();
  }

  private JsonNode required(String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw Decline.badRequest(name + ": Field required");
    }
    return value;
  }

  private Tools tools() {
    var offered = new ArrayList<Tools.Tool>();
    for (JsonNode tool : body.path("tools")) {
      talk.meter().part(tool.toString());
      talk.meter().mark(lifetime(tool));
      // Tools that Anthropic runs itself have a type of their own and no schema.
      if (tool.has("input_schema")) {
        offered.add(new Tools.Tool(text(tool, "name"), tool.path("input_schema"), false));
      }
    }
    JsonNode choice = body.path("tool_choice");
    return new Tools(
        offered,
        switch (text(choice, "type")) {
          case "none" -> Tools.Mode.NEVER;
          case "any" -> Tools.Mode.SOME;
          default -> Tools.Mode.AUTO;
        },
        text(choice, "type").equals("tool") ? text(choice, "name") : "",
        !choice.path("disable_parallel_tool_use").asBoolean(false));
  }

  private void system(JsonNode system) {
    if (system.isString()) {
      talk.said(Voice.SYSTEM, "system", system.asString());
      talk.meter().mark(Lifetime.UNASKED);
    }
    if (system.isArray()) {
      talk.said(Voice.SYSTEM, "system", "");
      system.forEach(block -> block(Voice.SYSTEM, block));
    }
  }

  private void message(JsonNode message) {
    JsonNode content = message.path("content");
    Voice voice = voice(text(message, "role"), content);
    talk.said(voice, text(message, "role"), content.asString(""));
    if (content.isArray()) {
      content.forEach(block -> block(voice, block));
    } else {
      talk.meter().mark(Lifetime.UNASKED);
    }
  }

  private static Voice voice(String role, JsonNode content) {
    return switch (role) {
      case "assistant" -> Voice.ASSISTANT;
      case "user" -> {
        for (JsonNode block : content) {
          if (text(block, "type").equals("tool_result")) {
            yield Voice.TOOL;
          }
        }
        yield Voice.USER;
      }
      case "system" -> Voice.SYSTEM;
      default -> throw Decline.badRequest("messages: role must be user or assistant");
    };
  }

  private void block(Voice voice, JsonNode block) {
    switch (text(block, "type")) {
      case "text" -> talk.adds(voice, text(block, "text"));
      case "thinking" -> talk.adds(voice, text(block, "thinking"));
      case "image", "document" -> talk.meter().image();
      case "tool_use" -> talk.adds(voice, text(block, "name") + block.path("input"));
      case "tool_result" -> {
        JsonNode content = block.path("content");
        talk.adds(voice, content.isString() ? content.asString() : "");
        content.forEach(inner -> block(Voice.TOOL, inner));
      }
      default -> talk.adds(Voice.SYSTEM, block.toString());
    }
    talk.meter().mark(lifetime(block));
  }

  private static Lifetime lifetime(JsonNode block) {
    JsonNode control = block.path("cache_control");
    if (!control.isObject()) {
      return Lifetime.UNASKED;
    }
    return text(control, "ttl").equals("1h") ? Lifetime.ONE_HOUR : Lifetime.FIVE_MINUTES;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
