package io.faregate.dialect.bedrock;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.CacheMark;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Schemas;
import io.faregate.dialect.translate.hub.Thinking;
import io.faregate.dialect.translate.hub.ToolChoice;
import io.faregate.dialect.translate.hub.ToolOutput;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import io.faregate.dialect.translate.provider.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes prompts as Converse bodies.
final class BedrockLetter {
  private BedrockLetter() {}

  static ProviderSide.Letter letter(String path, Prompt prompt) {
    var warnings = new ArrayList<String>();
    var body = Tree.object();
    var messages = body.putArray("messages");
    for (var turn : Turn.alternating(prompt.turns())) {
      var role = turn.role() == Turn.Role.ASSISTANT ? "assistant" : "user";
      var content = messages.addObject().put("role", role).putArray("content");
      turn.content().forEach(part -> part(part, content));
    }
    if (!prompt.system().isEmpty()) {
      var system = body.putArray("system");
      prompt.system().forEach(text -> part(text, system));
    }
    put(body, "inferenceConfig", inference(prompt));
    tools(prompt, body);
    put(body, "outputConfig", output(prompt, warnings));
    thinking(prompt, body, warnings);
    if (!prompt.metadata().isEmpty()) {
      var pairs = body.putObject("requestMetadata");
      new TreeMap<>(prompt.metadata()).forEach(pairs::put);
    }
    return new ProviderSide.Letter(path, body, warnings);
  }

  private static void put(ObjectNode body, String name, ObjectNode value) {
    if (!value.isEmpty()) {
      body.set(name, value);
    }
  }

  private static ObjectNode inference(Prompt prompt) {
    var config = Tree.object();
    var sampling = prompt.sampling();
    if (sampling.maxOutputTokens() != null) {
      config.put("maxTokens", sampling.maxOutputTokens());
    }
    if (sampling.temperature() != null) {
      config.put("temperature", sampling.temperature());
    }
    if (sampling.topP() != null) {
      config.put("topP", sampling.topP());
    }
    if (!sampling.stop().isEmpty()) {
      sampling.stop().forEach(config.putArray("stopSequences")::add);
    }
    return config;
  }

  private static ObjectNode output(Prompt prompt, List<String> warnings) {
    var config = Tree.object();
    var effort = prompt.thinking().effort();
    if (effort != null) {
      config.put("effort", effort.equals("minimal") ? "low" : effort);
    }
    var shape = prompt.shape();
    if (shape != null && shape.schema() != null) {
      var format = config.putObject("textFormat").put("type", "json_schema");
      var schema = format.putObject("structure").putObject("jsonSchema");
      var closed = Schemas.closed(shape.schema(), warnings);
      schema.put("schema", Tree.text(closed)).put("name", shape.name());
      if (shape.description() != null) {
        schema.put("description", shape.description());
      }
    }
    return config;
  }

  /// Converse itself has no setting for it; models of Anthropic take their own.
  private static void thinking(Prompt prompt, ObjectNode body, List<String> warnings) {
    var mode = prompt.thinking().mode();
    if (mode != Thinking.Mode.BUDGET && mode != Thinking.Mode.FREE) {
      return;
    }
    if (!prompt.model().contains("anthropic")) {
      warnings.add("thinking: dropped, only Anthropic's models take it there");
      return;
    }
    var thinking = body.putObject("additionalModelRequestFields").putObject("thinking");
    if (prompt.thinking().budgetTokens() != null) {
      thinking.put("type", "enabled").put("budget_tokens", prompt.thinking().budgetTokens());
    } else {
      thinking.put("type", "adaptive");
    }
  }

  private static void tools(Prompt prompt, ObjectNode body) {
    if (prompt.tools().isEmpty()) {
      return;
    }
    var config = body.putObject("toolConfig");
    var tools = config.putArray("tools");
    for (var tool : prompt.tools()) {
      var written = tools.addObject().putObject("toolSpec").put("name", tool.name());
      if (tool.description() != null) {
        written.put("description", tool.description());
      }
      var schema = tool.schema();
      written
          .putObject("inputSchema")
          .set("json", schema.isEmpty() ? Tree.object().put("type", "object") : schema);
      if (tool.strict()) {
        written.put("strict", true);
      }
      mark(tools, tool.cache());
    }
    var choice = prompt.toolChoice();
    if (choice != null && choice.mode() != ToolChoice.Mode.NONE) {
      var written = config.putObject("toolChoice");
      switch (choice.mode()) {
        case AUTO, NONE -> written.putObject("auto");
        case REQUIRED -> written.putObject("any");
        case NAMED -> written.putObject("tool").put("name", choice.name());
      }
    }
  }

  private static void part(Content part, ArrayNode blocks) {
    switch (part) {
      case Content.Text(var text, var cache) -> {
        blocks.addObject().put("text", text);
        mark(blocks, cache);
      }
      case Content.Image image -> {
        image(image, blocks);
        mark(blocks, image.cache());
      }
      case Content.ImageUrl _ ->
          throw new DialectException("images must come by value", "messages[].content[]");
      case Content.ToolCall(var id, var name, var arguments, var cache) -> {
        var call = blocks.addObject().putObject("toolUse").put("toolUseId", Ids.plain(id));
        call.put("name", name).set("input", arguments);
        mark(blocks, cache);
      }
      case Content.ToolResult(var output, var cache) -> {
        result(output, blocks);
        mark(blocks, cache);
      }
      case Content.Thought thought -> thought(thought, blocks);
    }
  }

  private static void result(ToolOutput output, ArrayNode blocks) {
    var result = blocks.addObject().putObject("toolResult");
    result.put("toolUseId", Ids.plain(output.id()));
    var content = result.putArray("content");
    output.content().forEach(part -> part(part, content));
    if (output.failed()) {
      result.put("status", "error");
    }
  }

  private static void thought(Content.Thought thought, ArrayNode blocks) {
    if (thought.sealed() != null) {
      blocks.addObject().putObject("reasoningContent").put("redactedContent", thought.sealed());
    } else if (thought.signature() != null) {
      blocks
          .addObject()
          .putObject("reasoningContent")
          .putObject("reasoningText")
          .put("text", thought.text())
          .put("signature", thought.signature());
    }
  }

  private static void image(Content.Image image, ArrayNode blocks) {
    var format =
        switch (image.mediaType()) {
          case "image/png" -> "png";
          case "image/jpeg", "image/jpg" -> "jpeg";
          case "image/gif" -> "gif";
          case "image/webp" -> "webp";
          default ->
              throw new DialectException(
                  "the provider takes png, jpeg, gif and webp images", "messages[].content[]");
        };
    var written = blocks.addObject().putObject("image").put("format", format);
    written.putObject("source").put("bytes", image.base64());
  }

  private static void mark(ArrayNode blocks, @Nullable CacheMark cache) {
    if (cache != null) {
      var point = blocks.addObject().putObject("cachePoint").put("type", "default");
      if (cache == CacheMark.LONG) {
        point.put("ttl", cache.word());
      }
    }
  }
}
