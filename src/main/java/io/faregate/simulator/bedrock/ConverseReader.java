package io.faregate.simulator.bedrock;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.PromptMeter.Lifetime;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Talk;
import io.faregate.simulator.tongue.Talk.Voice;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tools;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a Converse body in the order in which Bedrock caches: tools, system, messages.
final class ConverseReader {
  private final ObjectNode body;
  private final Talk talk = new Talk();

  private ConverseReader(ObjectNode body) {
    this.body = body;
  }

  /// @throws Decline 400, if it is not such a call; 403, if it is not signed
  static Ask read(Request request) {
    if (request.header("authorization").isEmpty()) {
      throw Decline.noKey();
    }
    return new ConverseReader(request.json()).ask(request);
  }

  private Ask ask(Request request) {
    if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
      throw Decline.badRequest("A conversation must start with a user message.");
    }
    var draft = new Ask.Draft(talk);
    draft.model = request.model();
    draft.streamed = request.action().equals("converse-stream");
    draft.tools = tools(body.path("toolConfig"));
    if (!body.path("system").isEmpty()) {
      talk.said(Voice.SYSTEM, "system", "");
      body.path("system").forEach(block -> block(Voice.SYSTEM, block));
    }
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asString("");
      Voice voice = voice(role, message.path("content"));
      talk.said(voice, role, "");
      message.path("content").forEach(block -> block(voice, block));
    }
    int most = body.path("inferenceConfig").path("maxTokens").asInt(Integer.MAX_VALUE);
    if (most < 1) {
      throw Decline.badRequest("maxTokens must be at least 1");
    }
    draft.maxTokens = most;
    JsonNode more = body.path("additionalModelRequestFields");
    draft.thinks = more.has("thinking") || more.has("reasoning_config");
    draft.cacheMarked = true;
    draft.schema = schema(body.path("outputConfig").path("textFormat"));
    draft.user = body.path("requestMetadata").path("user").asString("");
    return draft.ask();
  }

  /// The schema is a text with JSON in it.
  private static @Nullable JsonNode schema(JsonNode format) {
    String schema = format.path("structure").path("jsonSchema").path("schema").asString("");
    return schema.isEmpty() ? null : Text.JSON.readTree(schema);
  }

  private static Voice voice(String role, JsonNode content) {
    return switch (role) {
      case "assistant" -> Voice.ASSISTANT;
      case "user" -> {
        for (JsonNode block : content) {
          if (block.has("toolResult")) {
            yield Voice.TOOL;
          }
        }
        yield Voice.USER;
      }
      default -> throw Decline.badRequest("role must satisfy enum value set: [user, assistant]");
    };
  }

  private void block(Voice voice, JsonNode block) {
    if (block.has("cachePoint")) {
      boolean hour = block.path("cachePoint").path("ttl").asString("").equals("1h");
      talk.meter().mark(hour ? Lifetime.ONE_HOUR : Lifetime.FIVE_MINUTES);
      return;
    }
    if (block.has("text")) {
      talk.adds(voice, block.path("text").asString(""));
    } else if (block.has("image") || block.has("document")) {
      talk.meter().image();
    } else {
      talk.adds(voice == Voice.TOOL ? voice : Voice.SYSTEM, block.toString());
    }
    talk.meter().mark(Lifetime.UNASKED);
  }

  private Tools tools(JsonNode config) {
    var offered = new ArrayList<Tools.Tool>();
    for (JsonNode tool : config.path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      if (spec.isObject()) {
        talk.meter().part(spec.toString());
        JsonNode schema = spec.path("inputSchema").path("json");
        offered.add(new Tools.Tool(spec.path("name").asString(""), schema, false));
      }
      if (tool.has("cachePoint")) {
        block(Voice.SYSTEM, tool);
      }
    }
    JsonNode choice = config.path("toolChoice");
    return new Tools(
        offered,
        choice.has("any") ? Tools.Mode.SOME : Tools.Mode.AUTO,
        choice.path("tool").path("name").asString(""),
        true);
  }
}
