package io.faregate.simulator.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Anthropic Messages.
public final class MessagesTongue implements Tongue {
  @Override
  public String name() {
    return "messages";
  }

  @Override
  public Ask read(Request request) {
    return MessagesReader.read(request, Ask.Purpose.ANSWER);
  }

  @Override
  public String key(Request request) {
    return keyOf(request);
  }

  static String keyOf(Request request) {
    String bearer = request.header("authorization");
    return bearer.startsWith("Bearer ") ? bearer.substring(7) : request.header("x-api-key");
  }

  @Override
  public String plain(Sale sale) {
    ObjectNode json = message(sale);
    Answer.Choice choice = sale.answer().first();
    ArrayNode content = json.putArray("content");
    if (thinks(sale)) {
      content
          .addObject()
          .put("type", "thinking")
          .put("thinking", String.join("", sale.answer().thoughts()))
          .put("signature", signature(sale));
    }
    if (!choice.text().isEmpty() || choice.toolCalls().isEmpty()) {
      content.addObject().put("type", "text").put("text", choice.wholeText());
    }
    for (Answer.ToolCall call : choice.toolCalls()) {
      ObjectNode block = toolUse(call);
      block.set("input", input(call, choice.cutShort()));
      content.add(block);
    }
    json.put("stop_reason", stopReason(choice)).putNull("stop_sequence");
    if (sale.usageHabit() != UsageHabit.MISSING) {
      json.set("usage", usage(sale.reported(), true));
    }
    return json.toString();
  }

  /// The arguments as an object; those that the token limit cut off are none.
  private static ObjectNode input(Answer.ToolCall call, boolean cutShort) {
    if (cutShort || call.freeform()) {
      return Text.JSON.createObjectNode();
    }
    return (ObjectNode) Text.JSON.readTree(call.wholeArguments());
  }

  @Override
  public List<Line> stream(Sale sale) {
    return new MessagesStream(sale).lines();
  }

  @Override
  public String error(Decline decline) {
    return errorOf(decline);
  }

  static String errorOf(Decline decline) {
    ObjectNode json = Text.JSON.createObjectNode().put("type", "error");
    json.putObject("error").put("type", type(decline)).put("message", message(decline));
    return json.putNull("request_id").toString();
  }

  private static String message(Decline decline) {
    return switch (decline.why()) {
      case CONTEXT_LENGTH ->
          "prompt is too long: %d tokens > %d maximum"
              .formatted(decline.promptTokens(), decline.windowTokens());
      case STATUS, BAD_REQUEST, UNKNOWN_MODEL, UNKNOWN_PATH, UNKNOWN_RESPONSE, BAD_KEY, FILTERED ->
          decline.message();
    };
  }

  private static String type(Decline decline) {
    return switch (decline.status()) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
      default -> decline.status() >= 500 ? "api_error" : "invalid_request_error";
    };
  }

  @Override
  public Buffer errorEvent(Sale sale, Decline decline, int eventsBefore) {
    return Sse.named("error", error(decline));
  }

  @Override
  public Buffer brokenEvent(Sale sale) {
    return Sse.named("content_block_delta", "{\"type\":\"content_block_del");
  }

  @Override
  public Buffer hugeEvent(Sale sale, int bytes) {
    return Sse.named("ping", Sse.padded("\"type\":\"ping\",", bytes));
  }

  @Override
  public String requestIdHeader() {
    return "request-id";
  }

  /// The object of an answer up to and without its content.
  static ObjectNode message(Sale sale) {
    return Text.JSON
        .createObjectNode()
        .put("id", sale.id("msg_"))
        .put("type", "message")
        .put("role", "assistant")
        .put("model", sale.ask().model());
  }

  static ObjectNode toolUse(Answer.ToolCall call) {
    return Text.JSON
        .createObjectNode()
        .put("type", "tool_use")
        .put("id", call.id("toolu_"))
        .put("name", call.name());
  }

  static boolean thinks(Sale sale) {
    return sale.ask().thinks() && !sale.answer().thoughts().isEmpty();
  }

  /// Made up, and always the same for the same thoughts.
  static String signature(Sale sale) {
    byte[] thoughts = String.join("", sale.answer().thoughts()).getBytes(UTF_8);
    Buffer hash = Buffer.buffer().appendLong(Text.mix(Arrays.hashCode(thoughts)));
    return Base64.getEncoder().encodeToString(hash.getBytes());
  }

  static String stopReason(Answer.Choice choice) {
    return switch (choice.stop()) {
      case DONE -> "end_turn";
      case TOOLS -> "tool_use";
      case LENGTH -> "max_tokens";
    };
  }

  /// The `usage` object; `whole` with what only the message itself tells.
  static ObjectNode usage(Reported reported, boolean whole) {
    var tokens = reported.tokens();
    ObjectNode json = Text.JSON.createObjectNode();
    json.put("input_tokens", tokens.input());
    json.put("cache_creation_input_tokens", tokens.cacheWrite());
    json.put("cache_read_input_tokens", tokens.cacheRead());
    if (whole) {
      json.putObject("cache_creation")
          .put("ephemeral_5m_input_tokens", tokens.cacheWrite5m())
          .put("ephemeral_1h_input_tokens", tokens.cacheWrite1h());
    }
    json.putRawValue("output_tokens", new RawValue(reported.output()));
    if (tokens.reasoning() > 0) {
      json.putObject("output_tokens_details").put("thinking_tokens", tokens.reasoning());
    }
    return whole ? json.put("service_tier", "standard") : json;
  }
}
