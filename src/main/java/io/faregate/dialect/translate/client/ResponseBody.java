package io.faregate.dialect.translate.client;

import io.faregate.dialect.ReportedUsage;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The object of an OpenAI response, whose output grows. It repeats what its request said.
final class ResponseBody {
  private final Terms terms;
  private final String id;
  private final String model;
  private final ArrayNode output = Tree.array();

  ResponseBody(Terms terms, String id, String model) {
    this.terms = terms;
    this.id = terms.id("resp_", id);
    this.model = terms.model(model);
  }

  /// Adds a complete item.
  void add(ObjectNode item) {
    output.add(item);
  }

  /// Puts a complete item in its place.
  void put(int index, ObjectNode item) {
    while (output.size() <= index) {
      output.addNull();
    }
    output.set(index, item);
  }

  /// The response while it is written.
  ObjectNode begun() {
    var body = body("in_progress");
    body.putArray("output");
    return body;
  }

  /// The response when it is complete, or as complete as it gets.
  ObjectNode ended(Stop stop, @Nullable ReportedUsage usage) {
    var body = body(stop.status());
    if (!stop.incompleteReason().isEmpty()) {
      body.putObject("incomplete_details").put("reason", stop.incompleteReason());
    }
    body.set("output", complete());
    if (usage != null) {
      body.set("usage", OpenAiWords.usage(usage.usage(), OpenAiWords.Words.RESPONSES));
    }
    return body;
  }

  /// The response when the provider gave up.
  ObjectNode failed(Trouble trouble) {
    var body = body("failed");
    body.putObject("error")
        .put("code", OpenAiWords.responseCode(trouble))
        .put("message", trouble.message());
    body.set("output", complete());
    return body;
  }

  private ArrayNode complete() {
    var items = Tree.array();
    output.valueStream().filter(JsonNode::isObject).forEach(items::add);
    return items;
  }

  private ObjectNode body(String status) {
    var body = Tree.object().put("id", id).put("object", "response");
    body.put("created_at", terms.createdAtSeconds()).put("status", status);
    body.putNull("error");
    body.putNull("incomplete_details");
    echo(body, "instructions");
    echo(body, "max_output_tokens");
    body.put("model", model);
    body.putArray("output");
    body.put(
        "parallel_tool_calls", terms.prompt().echo().path("parallel_tool_calls").asBoolean(true));
    body.putNull("previous_response_id");
    echo(body, "reasoning");
    body.put("store", false);
    echo(body, "temperature");
    if (terms.prompt().echo().has("text")) {
      echo(body, "text");
    } else {
      body.putObject("text").putObject("format").put("type", "text");
    }
    if (terms.prompt().echo().has("tool_choice")) {
      echo(body, "tool_choice");
    } else {
      body.put("tool_choice", "auto");
    }
    body.set("tools", Tree.array(terms.prompt().echo(), "tools"));
    echo(body, "top_p");
    body.put("truncation", "disabled");
    body.putNull("usage");
    echo(body, "user");
    body.set("metadata", Tree.object(terms.prompt().echo(), "metadata"));
    return body;
  }

  private void echo(ObjectNode body, String name) {
    var said = terms.prompt().echo().get(name);
    if (said == null) {
      body.putNull(name);
    } else {
      body.set(name, said);
    }
  }
}
