package io.faregate.dialect.bedrock;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.CacheMark;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Schemas;
import io.faregate.dialect.translate.hub.Thinking;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.ToolChoice;
import io.faregate.dialect.translate.hub.ToolOutput;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import io.faregate.dialect.translate.provider.Effort;
import io.faregate.dialect.translate.provider.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes prompts as Converse bodies.
final class BedrockLetter {
  /// What a name or a value of the client's own may hold. Source: Amazon Bedrock API reference,
  /// Converse, `requestMetadata`.
  private static final Pattern TAKEN = Pattern.compile("[a-zA-Z0-9\\s:_@$#=/+,.-]{0,256}");

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
    tools(prompt, body, warnings);
    put(body, "outputConfig", output(prompt, warnings));
    thinking(prompt, body, warnings);
    put(body, "requestMetadata", metadata(prompt, warnings));
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
    var effort = Effort.of(prompt, warnings);
    if (effort != null) {
      config.put("effort", effort);
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

  private static ObjectNode metadata(Prompt prompt, List<String> warnings) {
    var pairs = Tree.object();
    new TreeMap<>(prompt.metadata())
        .forEach((name, value) -> {
          if (!name.isEmpty() && TAKEN.matcher(name).matches() && TAKEN.matcher(value).matches()) {
            pairs.put(name, value);
          }
        });
    if (pairs.size() < prompt.metadata().size()) {
      warnings.add("metadata: dropped where a name or a value holds what Bedrock does not take");
    }
    return pairs;
  }

  private static void tools(Prompt prompt, ObjectNode body, List<String> warnings) {
    var offered = prompt.tools();
    if (offered.isEmpty()) {
      offered = called(prompt);
      if (offered.isEmpty()) {
        return;
      }
      warnings.add("tools: none are offered, those that were called before are named");
    }
    var config = body.putObject("toolConfig");
    var tools = config.putArray("tools");
    for (var tool : offered) {
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

  /// The tools of the calls so far: Converse takes a conversation with calls only beside tools.
  private static List<Tool> called(Prompt prompt) {
    return prompt.turns().stream()
        .flatMap(turn -> turn.content().stream())
        .filter(Content.ToolCall.class::isInstance)
        .map(part -> ((Content.ToolCall) part).name())
        .distinct()
        .map(name -> new Tool(name, "No longer offered.", Tree.object(), false, false, null))
        .toList();
  }

  private static void part(Content part, ArrayNode blocks) {
    block(part, blocks);
    mark(blocks, cache(part));
  }

  /// A result takes no marks inside; the last of them comes after it.
  private static @Nullable CacheMark cache(Content part) {
    var cache = part.cache();
    if (part instanceof Content.ToolResult(var output, _)) {
      for (var within : output.content().reversed()) {
        cache = cache == null ? within.cache() : cache;
      }
    }
    return cache;
  }

  private static void block(Content part, ArrayNode blocks) {
    switch (part) {
      case Content.Text text -> blocks.addObject().put("text", text.text());
      case Content.Image image -> image(image, blocks);
      case Content.ImageUrl _ ->
          throw new DialectException("images must come by value", "messages[].content[]");
      case Content.ToolCall(var id, var name, var arguments, _) -> {
        var call = blocks.addObject().putObject("toolUse").put("toolUseId", Ids.plain(id));
        call.put("name", name).set("input", arguments);
      }
      case Content.ToolResult(var output, _) -> result(output, blocks);
      case Content.Thought thought -> thought(thought, blocks);
    }
  }

  private static void result(ToolOutput output, ArrayNode blocks) {
    var result = blocks.addObject().putObject("toolResult");
    result.put("toolUseId", Ids.plain(output.id()));
    var content = result.putArray("content");
    output.content().forEach(part -> block(part, content));
    if (output.failed()) {
      if (content.isEmpty()) {
        // Converse refuses a failure of which nothing is said.
        content.addObject().put("text", "The tool failed.");
      }
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
