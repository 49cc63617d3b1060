package io.faregate.dialect.translate.provider;

import io.faregate.dialect.openai.OutputLimit;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Shape;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.ToolOutput;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes prompts as OpenAI Chat bodies.
final class OpenAiLetter {
  private OpenAiLetter() {}

  static ProviderSide.Letter letter(String path, Prompt prompt) {
    var warnings = new ArrayList<String>();
    var body = Tree.object().put("model", prompt.model());
    var messages = body.putArray("messages");
    if (!prompt.system().isEmpty()) {
      message(messages, "system").set("content", content(List.copyOf(prompt.system())));
    }
    prompt.turns().forEach(turn -> turn(turn, messages));
    tools(prompt, body);
    settings(prompt, body, warnings);
    if (prompt.shape() != null) {
      body.set("response_format", format(prompt.shape()));
    }
    if (prompt.streamed()) {
      body.put("stream", true);
      body.putObject("stream_options").put("include_usage", true);
    }
    new TreeMap<>(prompt.extras()).forEach(body::set);
    return new ProviderSide.Letter(path, body, warnings);
  }

  private static void settings(Prompt prompt, ObjectNode body, List<String> warnings) {
    var sampling = prompt.sampling();
    if (sampling.maxOutputTokens() != null) {
      body.put(OutputLimit.name(prompt.model()), sampling.maxOutputTokens());
    }
    if (sampling.temperature() != null) {
      body.put("temperature", sampling.temperature());
    }
    if (sampling.topP() != null) {
      body.put("top_p", sampling.topP());
    }
    if (!sampling.stop().isEmpty()) {
      sampling.stop().forEach(body.putArray("stop")::add);
    }
    var effort = ChatEffort.of(prompt, warnings);
    if (effort != null) {
      body.put("reasoning_effort", effort);
    }
    if (prompt.user() != null) {
      body.put("user", prompt.user());
    }
    if (!prompt.metadata().isEmpty()) {
      var pairs = body.putObject("metadata");
      new TreeMap<>(prompt.metadata()).forEach(pairs::put);
    }
  }

  private static void tools(Prompt prompt, ObjectNode body) {
    if (prompt.tools().isEmpty()) {
      return;
    }
    var tools = body.putArray("tools");
    for (var tool : prompt.tools()) {
      tools.add(Tree.object().put("type", "function").set("function", function(tool)));
    }
    if (prompt.oneTool()) {
      body.put("parallel_tool_calls", false);
    }
    var choice = prompt.toolChoice();
    if (choice != null) {
      switch (choice.mode()) {
        case AUTO -> body.put("tool_choice", "auto");
        case REQUIRED -> body.put("tool_choice", "required");
        case NONE -> body.put("tool_choice", "none");
        case NAMED -> {
          var named = body.putObject("tool_choice").put("type", "function");
          named.putObject("function").put("name", choice.name());
        }
      }
    }
  }

  /// A function as Chat and Responses have it.
  static ObjectNode function(Tool tool) {
    var function = Tree.object().put("name", tool.name());
    if (tool.description() != null) {
      function.put("description", tool.description());
    }
    function.set("parameters", parameters(tool.schema()));
    if (tool.strict()) {
      function.put("strict", true);
    }
    return function;
  }

  /// OpenAI refuses a function unless its schema is an object's and names properties, if only none.
  private static ObjectNode parameters(ObjectNode schema) {
    var parameters = schema.deepCopy();
    if (!parameters.has("type")) {
      parameters.put("type", "object");
    }
    if (!parameters.has("properties")) {
      parameters.putObject("properties");
    }
    return parameters;
  }

  private static ObjectNode format(Shape shape) {
    if (shape.schema() == null) {
      return Tree.object().put("type", "json_object");
    }
    var format = Tree.object().put("type", "json_schema");
    format.set("json_schema", schema(shape));
    return format;
  }

  /// The schema of an answer with its name, as Chat and Responses have it.
  static ObjectNode schema(Shape shape) {
    var schema = Tree.object().put("name", shape.name());
    if (shape.description() != null) {
      schema.put("description", shape.description());
    }
    schema.set("schema", shape.schema());
    if (shape.strict()) {
      schema.put("strict", true);
    }
    return schema;
  }

  private static void turn(Turn turn, ArrayNode messages) {
    switch (turn.role()) {
      case SYSTEM -> message(messages, "system").set("content", content(turn.content()));
      case ASSISTANT -> said(turn.content(), messages);
      case USER -> asked(turn.content(), messages);
    }
  }

  /// The results of tools first, since they must follow their calls; then their images, which have
  /// no place in them, with what the user says.
  private static void asked(List<Content> content, ArrayNode messages) {
    var rest = new ArrayList<Content>();
    for (var part : content) {
      if (part instanceof Content.ToolResult(ToolOutput output, _)) {
        message(messages, "tool").put("tool_call_id", output.id()).put("content", output.text());
        rest.addAll(output.images());
      }
    }
    content.stream().filter(part -> !(part instanceof Content.ToolResult)).forEach(rest::add);
    if (!rest.isEmpty()) {
      message(messages, "user").set("content", content(rest));
    }
  }

  private static void said(List<Content> content, ArrayNode messages) {
    var texts = content.stream().filter(Content.Text.class::isInstance).toList();
    var message = message(messages, "assistant");
    if (texts.isEmpty()) {
      message.putNull("content");
    } else {
      message.set("content", content(texts));
    }
    var calls = Tree.array();
    for (var part : content) {
      if (part instanceof Content.ToolCall call) {
        var function =
            Tree.object().put("name", call.name()).put("arguments", Tree.text(call.arguments()));
        calls.add(
            Tree.object().put("id", call.id()).put("type", "function").set("function", function));
      }
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
  }

  private static ObjectNode message(ArrayNode messages, String role) {
    return messages.addObject().put("role", role);
  }

  /// One text as a string, which every server understands; else a list of parts.
  private static JsonNode content(List<? extends Content> parts) {
    if (parts.size() == 1 && parts.getFirst() instanceof Content.Text text) {
      return Tree.string(text.text());
    }
    var list = Tree.array();
    for (var part : parts) {
      switch (part) {
        case Content.Text text -> list.addObject().put("type", "text").put("text", text.text());
        case Content.Image image ->
            image(list, "data:" + image.mediaType() + ";base64," + image.base64());
        case Content.ImageUrl image -> image(list, image.url());
        case Content.ToolCall _, Content.ToolResult _, Content.Thought _ -> {}
      }
    }
    return list;
  }

  private static void image(ArrayNode list, String url) {
    list.addObject().put("type", "image_url").putObject("image_url").put("url", url);
  }
}
