package io.faregate.simulator.gemini;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Talk;
import io.faregate.simulator.tongue.Talk.Voice;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tools;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a generateContent body.
final class GeminiReader {
  private final ObjectNode body;
  private final Talk talk = new Talk();

  private GeminiReader(ObjectNode body) {
    this.body = body;
  }

  /// @throws Decline 400, if it is not such a call; 403, if it names cached content, of which the
  ///   simulator has none
  static Ask read(Request request) {
    return new GeminiReader(request.json()).ask(request);
  }

  private Ask ask(Request request) {
    if (!body.path("contents").isArray() || body.path("contents").isEmpty()) {
      throw Decline.badRequest("* GenerateContentRequest.contents: contents is not specified\n");
    }
    if (body.has("cachedContent")) {
      throw Decline.forbidden("CachedContent not found (or permission denied)");
    }
    JsonNode system = body.path("systemInstruction");
    if (system.isObject()) {
      content(Voice.SYSTEM, "system", system);
    }
    for (JsonNode content : body.path("contents")) {
      String role = content.path("role").asString("user");
      content(voice(role, content), role, content);
    }
    JsonNode config = body.path("generationConfig");
    var draft = new Ask.Draft(talk);
    draft.model = request.model();
    draft.streamed = request.action().equals("streamGenerateContent");
    draft.choices = Math.max(1, config.path("candidateCount").asInt(1));
    int most = config.path("maxOutputTokens").asInt(Integer.MAX_VALUE);
    draft.maxTokens = most > 0 ? most : Integer.MAX_VALUE;
    draft.tools = tools();
    draft.schema = schema(config);
    draft.thinks =
        config.path("thinkingConfig").path("thinkingBudget").asInt(0) != 0
            || config.path("thinkingConfig").has("thinkingLevel");
    draft.serviceTier = "standard";
    ObjectNode kept = Text.JSON.createObjectNode();
    kept.put("sse", request.query().matches("(.*&)?alt=sse(&.*)?"));
    kept.put("thoughts", config.path("thinkingConfig").path("includeThoughts").asBoolean(false));
    draft.body = kept;
    return draft.ask();
  }

  private static @Nullable JsonNode schema(JsonNode config) {
    for (String name :
        new String[] {"responseJsonSchema", "_responseJsonSchema", "responseSchema"}) {
      if (config.path(name).isObject()) {
        return config.path(name);
      }
    }
    boolean json = config.path("responseMimeType").asString("").equals("application/json");
    return json ? Text.JSON.readTree("{\"const\":{\"answer\":\"text\"}}") : null;
  }

  private static Voice voice(String role, JsonNode content) {
    return switch (role) {
      case "model" -> Voice.ASSISTANT;
      case "function" -> Voice.TOOL;
      case "user" -> {
        for (JsonNode part : content.path("parts")) {
          if (part.has("functionResponse")) {
            yield Voice.TOOL;
          }
        }
        yield Voice.USER;
      }
      default -> throw Decline.badRequest("Please use a valid role: user, model.");
    };
  }

  private void content(Voice voice, String role, JsonNode content) {
    talk.said(voice, role, "");
    for (JsonNode part : content.path("parts")) {
      if (part.has("inlineData") || part.has("fileData")) {
        talk.meter().image();
      } else if (part.has("text")) {
        talk.adds(voice, part.path("text").asString(""));
      } else {
        talk.adds(voice == Voice.TOOL ? voice : Voice.SYSTEM, part.toString());
      }
    }
  }

  private Tools tools() {
    var offered = new ArrayList<Tools.Tool>();
    for (JsonNode tool : body.path("tools")) {
      talk.meter().json(tool.toString().length());
      for (JsonNode function : tool.path("functionDeclarations")) {
        JsonNode json = function.path("parametersJsonSchema");
        JsonNode schema = json.isObject() ? json : function.path("parameters");
        offered.add(new Tools.Tool(function.path("name").asString(""), schema, false));
      }
    }
    JsonNode calling = body.path("toolConfig").path("functionCallingConfig");
    String mode = calling.path("mode").asString("AUTO");
    JsonNode allowed = calling.path("allowedFunctionNames");
    return new Tools(
        offered,
        switch (mode) {
          case "NONE" -> Tools.Mode.NEVER;
          case "ANY" -> Tools.Mode.SOME;
          default -> Tools.Mode.AUTO;
        },
        mode.equals("ANY") ? allowed.path(0).asString("") : "",
        true);
  }
}
