package io.faregate.simulator.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Reported;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Text;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// The `response` object of one sale and the items in it.
final class ResponseObject {
  private static final String[] ECHOED = {
    "instructions",
    "max_output_tokens",
    "max_tool_calls",
    "previous_response_id",
    "prompt_cache_key",
    "safety_identifier",
    "temperature",
    "top_p",
    "user"
  };

  private final Sale sale;
  private final Answer.Choice choice;

  ResponseObject(Sale sale) {
    this.sale = sale;
    this.choice = sale.answer().first();
  }

  /// The status of the finished response.
  String status() {
    return choice.cutShort() ? "incomplete" : "completed";
  }

  /// The whole object; `reported` is null as long as there is no usage.
  ObjectNode whole(String status, List<ObjectNode> output, @Nullable Reported reported) {
    JsonNode body = sale.ask().body();
    ObjectNode json = Text.JSON.createObjectNode();
    json.put("id", sale.id("resp_")).put("object", "response");
    json.put("created_at", sale.createdAtSeconds()).put("status", status);
    json.put("background", false).putNull("error");
    if (status.equals("incomplete")) {
      json.putObject("incomplete_details").put("reason", "max_output_tokens");
    } else {
      json.putNull("incomplete_details");
    }
    json.put("model", sale.ask().model());
    ArrayNode items = json.putArray("output");
    output.forEach(items::add);
    json.put("parallel_tool_calls", body.path("parallel_tool_calls").asBoolean(true));
    for (String name : ECHOED) {
      JsonNode given = body.path(name);
      json.set(name, given.isMissingNode() ? Text.JSON.nullNode() : given);
    }
    JsonNode effort = body.path("reasoning").path("effort");
    ObjectNode reasoning = json.putObject("reasoning");
    reasoning.set("effort", effort.isMissingNode() ? Text.JSON.nullNode() : effort);
    reasoning.putNull("summary");
    json.put("service_tier", sale.ask().serviceTier());
    json.put("store", body.path("store").asBoolean(true));
    json.set("text", body.path("text").isObject() ? body.path("text") : plainText());
    json.set("tool_choice", given(body, "tool_choice", Text.JSON.valueToTree("auto")));
    json.set("tools", given(body, "tools", Text.JSON.createArrayNode()));
    json.put("top_logprobs", 0).put("truncation", "disabled");
    json.set("metadata", given(body, "metadata", Text.JSON.createObjectNode()));
    if (reported == null) {
      json.putNull("usage");
    } else {
      json.putRawValue("usage", new RawValue(OpenAiShapes.responsesUsage(reported)));
    }
    return json;
  }

  private static ObjectNode plainText() {
    ObjectNode text = Text.JSON.createObjectNode();
    text.putObject("format").put("type", "text");
    return text;
  }

  private static JsonNode given(JsonNode body, String name, JsonNode otherwise) {
    JsonNode value = body.path(name);
    return value.isMissingNode() || value.isNull() ? otherwise : value;
  }

  /// All items of the answer: reasoning, a message, calls; `done` with all that is in them.
  List<ObjectNode> items(boolean done) {
    var items = new ArrayList<ObjectNode>();
    if (sale.answer().reasoningTokens() > 0) {
      items.add(reasoning(done));
    }
    if (!choice.text().isEmpty() || choice.toolCalls().isEmpty()) {
      items.add(message(done));
    }
    for (Answer.ToolCall call : choice.toolCalls()) {
      items.add(call(call, done));
    }
    return items;
  }

  private ObjectNode reasoning(boolean done) {
    ObjectNode item = item("rs_", "reasoning");
    ArrayNode summary = item.putArray("summary");
    if (done && summarised()) {
      summary.addObject().put("type", "summary_text").put("text", thoughts());
    }
    for (JsonNode included : sale.ask().body().path("include")) {
      if (included.asString("").equals("reasoning.encrypted_content")) {
        item.put(
            "encrypted_content", Base64.getEncoder().encodeToString(thoughts().getBytes(UTF_8)));
      }
    }
    return item;
  }

  /// Whether the client asks to see what the model thinks.
  boolean summarised() {
    String summary = sale.ask().body().path("reasoning").path("summary").asString("");
    return !summary.isEmpty() && !summary.equals("none");
  }

  String thoughts() {
    return String.join("", sale.answer().thoughts());
  }

  private ObjectNode message(boolean done) {
    ObjectNode item = item("msg_", "message").put("status", itemStatus(done));
    ArrayNode content = item.putArray("content");
    if (done) {
      content.add(part(choice.wholeText()));
    }
    return item.put("role", "assistant");
  }

  static ObjectNode part(String text) {
    ObjectNode part = Text.JSON.createObjectNode().put("type", "output_text");
    part.putArray("annotations");
    part.putArray("logprobs");
    return part.put("text", text);
  }

  private ObjectNode call(Answer.ToolCall call, boolean done) {
    String whole = done ? call.wholeArguments() : "";
    ObjectNode item =
        Text.JSON
            .createObjectNode()
            .put("id", call.id(call.freeform() ? "ctc_" : "fc_"))
            .put("type", call.freeform() ? "custom_tool_call" : "function_call")
            .put("status", itemStatus(done))
            .put("call_id", call.id("call_"))
            .put("name", call.name());
    String namespace = sale.ask().tools().named(call.name()).namespace();
    if (!namespace.isEmpty()) {
      item.put("namespace", namespace);
    }
    return item.put(ChatTongue.argumentsName(call), whole);
  }

  private String itemStatus(boolean done) {
    return done ? status() : "in_progress";
  }

  private ObjectNode item(String prefix, String type) {
    return Text.JSON.createObjectNode().put("id", sale.id(prefix)).put("type", type);
  }
}
