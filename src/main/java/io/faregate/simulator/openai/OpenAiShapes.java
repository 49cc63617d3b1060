package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tools;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What OpenAI's dialects have in common: errors, tools, formats, usage.
final class OpenAiShapes {
  private OpenAiShapes() {}

  /// `{"error":{...}}`.
  static String error(Decline decline) {
    return "{\"error\":" + errorObject(decline) + "}";
  }

  /// The object alone.
  static String errorObject(Decline decline) {
    String code = code(decline);
    var json = new StringBuilder(160).append("{\"message\":");
    Text.quote(json, decline.message()).append(",\"type\":\"").append(type(decline));
    json.append("\",\"param\":null,\"code\":");
    return (code.isEmpty() ? json.append("null") : Text.quote(json, code)).append('}').toString();
  }

  private static String type(Decline decline) {
    return switch (decline.status()) {
      case 402 -> "insufficient_quota";
      case 429 -> "requests";
      default -> decline.status() >= 500 ? "server_error" : "invalid_request_error";
    };
  }

  /// Empty where OpenAI answers `null`.
  static String code(Decline decline) {
    return switch (decline.why()) {
      case BAD_REQUEST -> "";
      case UNKNOWN_MODEL -> "model_not_found";
      case UNKNOWN_PATH -> "unknown_url";
      case UNKNOWN_RESPONSE -> "previous_response_not_found";
      case BAD_KEY -> "invalid_api_key";
      case CONTEXT_LENGTH -> "context_length_exceeded";
      case FILTERED -> "content_filter";
      case STATUS ->
          switch (decline.status()) {
            case 402 -> "insufficient_quota";
            case 429 -> "rate_limit_exceeded";
            default -> "";
          };
    };
  }

  /// The key of `Authorization: Bearer`, or of Azure's `api-key`.
  static String key(Request request) {
    String bearer = request.header("authorization");
    return bearer.startsWith("Bearer ") ? bearer.substring(7) : request.header("api-key");
  }

  /// Azure answers an address of a deployment only with the version of its API.
  ///
  /// @throws Decline 404, if that is missing
  static void versioned(Request request) {
    if (!request.model().isEmpty() && !request.query().matches("(.*&)?api-version=[^&]+(&.*)?")) {
      throw Decline.unknownPath();
    }
  }

  /// The schema of a `response_format` or `text.format`, or null for prose.
  static @Nullable JsonNode schema(@Nullable JsonNode format, String nestedIn) {
    String type = format == null ? "" : format.path("type").asString("");
    if (format != null && type.equals("json_schema")) {
      JsonNode named = nestedIn.isEmpty() ? format : format.path(nestedIn);
      return named.path("schema");
    }
    return type.equals("json_object") ? anyObject() : null;
  }

  /// A schema that only `{"answer":"text"}` satisfies.
  static JsonNode anyObject() {
    return Text.JSON.readTree("{\"const\":{\"answer\":\"text\"}}");
  }

  /// The tools of Chat, where a function is an object of its own, and of Responses, where it is
  /// not; tools that OpenAI runs itself are not offered to the simulated model.
  static Tools tools(Collection<JsonNode> given, @Nullable JsonNode choice, boolean parallel) {
    if (given.isEmpty()) {
      return Tools.NONE;
    }
    var offered = new ArrayList<Tools.Tool>();
    given.forEach(tool -> add(offered, tool, ""));
    String mode = choice == null ? "auto" : choice.asString("");
    String forced =
        choice == null
            ? ""
            : choice.path("function").path("name").asString(choice.path("name").asString(""));
    return new Tools(
        offered,
        switch (mode) {
          case "none" -> Tools.Mode.NEVER;
          case "required" -> Tools.Mode.SOME;
          default -> Tools.Mode.AUTO;
        },
        forced,
        parallel);
  }

  private static void add(List<Tools.Tool> offered, JsonNode tool, String namespace) {
    switch (tool.path("type").asString("function")) {
      case "function" -> {
        JsonNode function = tool.has("function") ? tool.path("function") : tool;
        offered.add(
            new Tools.Tool(
                function.path("name").asString(""), function.path("parameters"), false, namespace));
      }
      case "custom" -> {
        JsonNode custom = tool.has("custom") ? tool.path("custom") : tool;
        offered.add(
            new Tools.Tool(
                custom.path("name").asString(""), custom.path("format"), true, namespace));
      }
      case "namespace" -> {
        String name = tool.path("name").asString("");
        tool.path("tools").forEach(inner -> add(offered, inner, name));
      }
      default -> {}
    }
  }

  /// The `usage` object of Chat.
  static String chatUsage(Reported reported) {
    var tokens = reported.tokens();
    return """
    {"prompt_tokens":%d,"completion_tokens":%s,"total_tokens":%d,\
    "prompt_tokens_details":{"cached_tokens":%d%s,"audio_tokens":0},\
    "completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0,\
    "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}\
    """
        .formatted(
            tokens.prompt(),
            reported.output(),
            reported.total(),
            tokens.cacheRead(),
            written(reported),
            tokens.reasoning());
  }

  /// The `usage` object of Responses.
  static String responsesUsage(Reported reported) {
    var tokens = reported.tokens();
    return """
    {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d%s},"output_tokens":%s,\
    "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}\
    """
        .formatted(
            tokens.prompt(),
            tokens.cacheRead(),
            written(reported),
            reported.output(),
            tokens.reasoning(),
            reported.total());
  }

  /// Only models that bill writes tell them.
  private static String written(Reported reported) {
    long written = reported.tokens().cacheWrite();
    return written == 0 ? "" : ",\"cache_write_tokens\":" + written;
  }
}
