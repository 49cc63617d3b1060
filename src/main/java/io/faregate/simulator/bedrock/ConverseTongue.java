package io.faregate.simulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Lines;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Sse;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tongue;
import io.faregate.simulator.tongue.UsageHabit;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Bedrock Converse and ConverseStream. Any signature is good, but there must be one.
public final class ConverseTongue implements Tongue {
  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)");

  @Override
  public String name() {
    return "converse";
  }

  @Override
  public Ask read(Request request) {
    return ConverseReader.read(request);
  }

  /// The access key of a signature, or a bearer token.
  @Override
  public String key(Request request) {
    String header = request.header("authorization");
    Matcher credential = CREDENTIAL.matcher(header);
    if (credential.find()) {
      return credential.group(1);
    }
    return header.startsWith("Bearer ") ? header.substring(7) : "";
  }

  @Override
  public String plain(Sale sale) {
    Answer.Choice choice = sale.answer().first();
    ObjectNode json = Text.JSON.createObjectNode();
    ObjectNode message = json.putObject("output").putObject("message").put("role", "assistant");
    ArrayNode content = message.putArray("content");
    if (thinks(sale)) {
      content
          .addObject()
          .putObject("reasoningContent")
          .putObject("reasoningText")
          .put("text", String.join("", sale.answer().thoughts()))
          .put("signature", signature(sale));
    }
    if (!choice.text().isEmpty() || choice.toolCalls().isEmpty()) {
      content.addObject().put("text", choice.wholeText());
    }
    for (Answer.ToolCall call : choice.toolCalls()) {
      ObjectNode use = content.addObject().putObject("toolUse");
      use.put("toolUseId", call.id("tooluse_")).put("name", call.name());
      use.set(
          "input",
          choice.cutShort()
              ? Text.JSON.createObjectNode()
              : Text.JSON.readTree(call.wholeArguments()));
    }
    json.put("stopReason", stopReason(choice));
    if (sale.usageHabit() != UsageHabit.MISSING) {
      json.set("usage", usage(sale.reported()));
    }
    json.putObject("metrics").put("latencyMs", 1);
    return json.toString();
  }

  @Override
  public List<Line> stream(Sale sale) {
    var lines = new Lines(sale, reported -> metadata(usage(reported)));
    Answer.Choice choice = sale.answer().first();
    ObjectNode start = Text.JSON.createObjectNode().put("role", "assistant");
    lines.frame(() -> Frames.event("messageStart", start));
    new ConverseBlocks(lines).write(sale);
    lines.contentEnds();
    ObjectNode stop = Text.JSON.createObjectNode().put("stopReason", stopReason(choice));
    lines.closing(() -> Frames.event("messageStop", stop));
    boolean told = lines.usageAtEnd();
    lines.terminal(
        told, () -> metadata(told ? usage(sale.reported()) : Text.JSON.createObjectNode()));
    return lines.list();
  }

  private static Buffer metadata(ObjectNode usage) {
    ObjectNode json = Text.JSON.createObjectNode();
    if (!usage.isEmpty()) {
      json.set("usage", usage);
    }
    json.putObject("metrics").put("latencyMs", 1);
    return Frames.event("metadata", json);
  }

  @Override
  public String error(Decline decline) {
    return Text.JSON.createObjectNode().put("message", message(decline)).toString();
  }

  private static String message(Decline decline) {
    return switch (decline.why()) {
      case CONTEXT_LENGTH -> "Input is too long for requested model.";
      case UNKNOWN_MODEL -> "The provided model identifier is invalid.";
      case STATUS, BAD_REQUEST, UNKNOWN_PATH, UNKNOWN_RESPONSE, BAD_KEY, FILTERED ->
          decline.message();
    };
  }

  @Override
  public Map<String, String> errorHeaders(Decline decline) {
    return Map.of("x-amzn-errortype", type(decline));
  }

  private static String type(Decline decline) {
    return switch (decline.status()) {
      case 401 -> "UnrecognizedClientException";
      case 402, 403 -> "AccessDeniedException";
      case 404 -> "ResourceNotFoundException";
      case 408 -> "ModelTimeoutException";
      case 424 -> "ModelErrorException";
      case 429 -> "ThrottlingException";
      case 503, 529 -> "ServiceUnavailableException";
      default -> decline.status() >= 500 ? "InternalServerException" : "ValidationException";
    };
  }

  @Override
  public Buffer errorEvent(Sale sale, Decline decline, int eventsBefore) {
    String type = type(decline);
    String member = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    return Frames.exception(member, error(decline));
  }

  /// The frame is whole, its JSON is not.
  @Override
  public Buffer brokenEvent(Sale sale) {
    return Frames.event("contentBlockDelta", "{\"contentBlockInd".getBytes(UTF_8));
  }

  @Override
  public Buffer hugeEvent(Sale sale, int bytes) {
    String json = Sse.padded("\"contentBlockIndex\":0,\"delta\":{\"text\":\"\"},", bytes);
    return Frames.event("contentBlockDelta", json.getBytes(UTF_8));
  }

  @Override
  public String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public String requestIdHeader() {
    return "x-amzn-requestid";
  }

  static boolean thinks(Sale sale) {
    return sale.ask().thinks() && sale.answer().reasoningTokens() > 0;
  }

  /// Made up, and always the same for the same thoughts.
  static String signature(Sale sale) {
    byte[] head = sale.answer().thoughts().getFirst().getBytes(UTF_8);
    return Base64.getEncoder().encodeToString(head);
  }

  private static String stopReason(Answer.Choice choice) {
    return switch (choice.stop()) {
      case DONE -> "end_turn";
      case TOOLS -> "tool_use";
      case LENGTH -> "max_tokens";
    };
  }

  private static ObjectNode usage(Reported reported) {
    var tokens = reported.tokens();
    ObjectNode json = Text.JSON.createObjectNode();
    json.put("inputTokens", tokens.input());
    json.putRawValue("outputTokens", new RawValue(reported.output()));
    json.put("totalTokens", reported.total());
    json.put("cacheReadInputTokens", tokens.cacheRead());
    json.put("cacheWriteInputTokens", tokens.cacheWrite());
    if (tokens.cacheWrite() > 0) {
      ArrayNode details = json.putArray("cacheDetails");
      detail(details, "5m", tokens.cacheWrite5m());
      detail(details, "1h", tokens.cacheWrite1h());
    }
    return json;
  }

  private static void detail(ArrayNode details, String lifetime, long tokens) {
    if (tokens > 0) {
      details.addObject().put("ttl", lifetime).put("inputTokens", tokens);
    }
  }
}
