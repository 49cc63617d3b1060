package io.faregate.simulator.gemini;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Sse;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tongue;
import io.faregate.simulator.tongue.UsageHabit;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Gemini's generateContent and streamGenerateContent, the latter as server-sent events with
/// `alt=sse` and as one JSON array without.
public final class GeminiTongue implements Tongue {
  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public Ask read(Request request) {
    return GeminiReader.read(request);
  }

  @Override
  public String key(Request request) {
    String header = request.header("x-goog-api-key");
    if (!header.isEmpty()) {
      return header;
    }
    for (String item : request.query().split("&", -1)) {
      if (item.startsWith("key=")) {
        return item.substring(4);
      }
    }
    String bearer = request.header("authorization");
    return bearer.startsWith("Bearer ") ? bearer.substring(7) : "";
  }

  @Override
  public String plain(Sale sale) {
    ObjectNode json = Text.JSON.createObjectNode();
    ArrayNode candidates = json.putArray("candidates");
    for (int i = 0; i < sale.answer().choices().size(); i++) {
      Answer.Choice choice = sale.answer().choices().get(i);
      ObjectNode candidate = candidates.addObject();
      ArrayNode parts = candidate.putObject("content").put("role", "model").putArray("parts");
      if (i == 0 && thoughtsShown(sale)) {
        parts.addObject().put("text", thoughts(sale)).put("thought", true);
      }
      if (!choice.text().isEmpty()) {
        parts.addObject().put("text", choice.wholeText());
      }
      choice.toolCalls().forEach(call -> parts.add(functionCall(call, choice)));
      candidate.put("finishReason", finishReason(choice)).put("index", i);
    }
    if (sale.usageHabit() != UsageHabit.MISSING) {
      json.set("usageMetadata", usage(sale.reported()));
    }
    return named(json, sale).toString();
  }

  @Override
  public List<Line> stream(Sale sale) {
    return new GeminiStream(sale).lines();
  }

  @Override
  public String error(Decline decline) {
    ObjectNode json = Text.JSON.createObjectNode();
    ObjectNode error = json.putObject("error").put("code", decline.status());
    error.put("message", message(decline)).put("status", status(decline.status()));
    if (decline.retryAfterSeconds() >= 0) {
      error
          .putArray("details")
          .addObject()
          .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
          .put("retryDelay", decline.retryAfterSeconds() + "s");
    }
    return json.toString();
  }

  private static String message(Decline decline) {
    return switch (decline.why()) {
      case CONTEXT_LENGTH ->
          "The input token count (%d) exceeds the maximum number of tokens allowed (%d)."
              .formatted(decline.promptTokens(), decline.windowTokens());
      case UNKNOWN_MODEL, STATUS, BAD_REQUEST, UNKNOWN_PATH, UNKNOWN_RESPONSE, BAD_KEY, FILTERED ->
          decline.message();
    };
  }

  private static String status(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 402 -> "FAILED_PRECONDITION";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503, 529 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    };
  }

  @Override
  public Buffer errorEvent(Sale sale, Decline decline, int eventsBefore) {
    Buffer event = between(sale, eventsBefore == 0, error(decline));
    return GeminiStream.sse(sale) ? event : event.appendString("]");
  }

  @Override
  public Buffer brokenEvent(Sale sale) {
    return between(sale, false, "{\"candidates\":[{\"con");
  }

  @Override
  public Buffer hugeEvent(Sale sale, int bytes) {
    return between(sale, false, Sse.padded("\"candidates\":[],", bytes));
  }

  /// One chunk with what stands before it: an event, or an element of the array. Google ends its
  /// lines with CR LF.
  static Buffer between(Sale sale, boolean first, String json) {
    return Buffer.buffer(
        GeminiStream.sse(sale) ? "data: " + json + "\r\n\r\n" : (first ? "[" : ",\r\n") + json);
  }

  static ObjectNode named(ObjectNode json, Sale sale) {
    return json.put("modelVersion", sale.ask().model()).put("responseId", sale.id(""));
  }

  static boolean thoughtsShown(Sale sale) {
    return sale.ask().body().path("thoughts").asBoolean(false)
        && sale.answer().reasoningTokens() > 0;
  }

  private static String thoughts(Sale sale) {
    return String.join("", sale.answer().thoughts());
  }

  /// A call of a function; arguments that the token limit cut off are none.
  static ObjectNode functionCall(Answer.ToolCall call, Answer.Choice choice) {
    ObjectNode part = Text.JSON.createObjectNode();
    ObjectNode function = part.putObject("functionCall").put("name", call.name());
    function.set(
        "args",
        choice.cutShort()
            ? Text.JSON.createObjectNode()
            : Text.JSON.readTree(call.wholeArguments()));
    function.put("id", call.id(""));
    return part;
  }

  /// A function call ends with STOP too.
  static String finishReason(Answer.Choice choice) {
    return switch (choice.stop()) {
      case DONE, TOOLS -> "STOP";
      case LENGTH -> "MAX_TOKENS";
    };
  }

  /// The `usageMetadata` object: thoughts stand outside the candidates' tokens.
  static ObjectNode usage(Reported reported) {
    var tokens = reported.tokens();
    ObjectNode json = Text.JSON.createObjectNode();
    json.put("promptTokenCount", tokens.prompt());
    json.putRawValue("candidatesTokenCount", new RawValue(reported.outputWithoutReasoning()));
    json.put("totalTokenCount", reported.total());
    if (tokens.cacheRead() > 0) {
      json.put("cachedContentTokenCount", tokens.cacheRead());
    }
    if (tokens.reasoning() > 0) {
      json.put("thoughtsTokenCount", tokens.reasoning());
    }
    json.putArray("promptTokensDetails")
        .addObject()
        .put("modality", "TEXT")
        .put("tokenCount", tokens.prompt());
    return json;
  }
}
