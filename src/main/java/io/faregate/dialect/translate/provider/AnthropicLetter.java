package io.faregate.dialect.translate.provider;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes prompts as Anthropic Messages bodies.
final class AnthropicLetter {
  /// The output limit where nobody set one, since the API wants one: what most of today's models
  /// can write at least.
  private static final long DEFAULT_OUTPUT = 32_000;

  private AnthropicLetter() {}

  /// @param mostOutput what the model can write, in tokens; null when nobody said
  static ProviderSide.Letter letter(String path, Prompt prompt, @Nullable Long mostOutput) {
    var warnings = new ArrayList<String>();
    var body = Tree.object().put("model", prompt.model());
    var limit = prompt.sampling().maxOutputTokens();
    if (limit == null) {
      limit = mostOutput == null ? DEFAULT_OUTPUT : Math.min(DEFAULT_OUTPUT, mostOutput);
      warnings.add("max_tokens: no output limit was given, %d is sent".formatted(limit));
    }
    body.put("max_tokens", limit);
    if (!prompt.system().isEmpty()) {
      var system = body.putArray("system");
      prompt.system().forEach(text -> part(text, system));
    }
    var messages = body.putArray("messages");
    for (var turn : Turn.alternating(prompt.turns())) {
      var role = turn.role() == Turn.Role.ASSISTANT ? "assistant" : "user";
      var content = messages.addObject().put("role", role).putArray("content");
      turn.content().forEach(part -> part(part, content));
    }
    tools(prompt, body);
    if (!prompt.sampling().stop().isEmpty()) {
      prompt.sampling().stop().forEach(body.putArray("stop_sequences")::add);
    }
    output(prompt, body, warnings);
    if (prompt.user() != null) {
      body.putObject("metadata").put("user_id", prompt.user());
    }
    if (prompt.streamed()) {
      body.put("stream", true);
    }
    return new ProviderSide.Letter(path, body, warnings);
  }

  private static void output(Prompt prompt, ObjectNode body, List<String> warnings) {
    var config = Tree.object();
    var effort = Effort.of(prompt, warnings);
    if (effort != null) {
      config.put("effort", effort);
    }
    if (prompt.thinking().mode() == Thinking.Mode.OFF) {
      body.putObject("thinking").put("type", "disabled");
    }
    if (prompt.shape() != null && prompt.shape().schema() != null) {
      var schema = Schemas.closed(prompt.shape().schema(), warnings);
      config.putObject("format").put("type", "json_schema").set("schema", schema);
    }
    if (!config.isEmpty()) {
      body.set("output_config", config);
    }
  }

  private static void tools(Prompt prompt, ObjectNode body) {
    if (prompt.tools().isEmpty()) {
      return;
    }
    var tools = body.putArray("tools");
    for (var tool : prompt.tools()) {
      var written = tools.addObject().put("name", tool.name());
      if (tool.description() != null) {
        written.put("description", tool.description());
      }
      written.set("input_schema", schema(tool.schema()));
      if (tool.strict()) {
        written.put("strict", true);
      }
      mark(written, tool.cache());
    }
    var choice = choice(prompt.toolChoice(), prompt.oneTool());
    if (choice != null) {
      body.set("tool_choice", choice);
    }
  }

  private static @Nullable ObjectNode choice(@Nullable ToolChoice choice, boolean oneTool) {
    if (choice == null && !oneTool) {
      return null;
    }
    var mode = choice == null ? ToolChoice.Mode.AUTO : choice.mode();
    var written =
        switch (mode) {
          case AUTO -> Tree.object().put("type", "auto");
          case REQUIRED -> Tree.object().put("type", "any");
          case NONE -> Tree.object().put("type", "none");
          case NAMED ->
              Tree.object().put("type", "tool").put("name", choice == null ? "" : choice.name());
        };
    if (oneTool && mode != ToolChoice.Mode.NONE) {
      written.put("disable_parallel_tool_use", true);
    }
    return written;
  }

  /// A function without parameters has no schema at OpenAI; here it must be an object's.
  private static ObjectNode schema(ObjectNode schema) {
    return schema.isEmpty() ? Tree.object().put("type", "object") : schema;
  }

  private static void part(Content part, ArrayNode blocks) {
    switch (part) {
      case Content.Text(var text, var cache) ->
          mark(blocks.addObject().put("type", "text").put("text", text), cache);
      case Content.Image(var type, var base64, var cache) -> {
        var image = blocks.addObject().put("type", "image");
        image.putObject("source").put("type", "base64").put("media_type", type).put("data", base64);
        mark(image, cache);
      }
      case Content.ImageUrl(var url, var cache) -> {
        var image = blocks.addObject().put("type", "image");
        image.putObject("source").put("type", "url").put("url", url);
        mark(image, cache);
      }
      case Content.ToolCall(var id, var name, var arguments, var cache) -> {
        var call = blocks.addObject().put("type", "tool_use").put("id", Ids.plain(id));
        call.put("name", name).set("input", arguments);
        mark(call, cache);
      }
      case Content.ToolResult(var output, var cache) -> mark(result(output, blocks), cache);
      case Content.Thought thought -> thought(thought, blocks);
    }
  }

  private static ObjectNode result(ToolOutput output, ArrayNode blocks) {
    var result = blocks.addObject().put("type", "tool_result");
    result.put("tool_use_id", Ids.plain(output.id()));
    var content = result.putArray("content");
    output.content().forEach(part -> part(part, content));
    if (output.failed()) {
      result.put("is_error", true);
    }
    return result;
  }

  private static void thought(Content.Thought thought, ArrayNode blocks) {
    if (thought.sealed() != null) {
      blocks.addObject().put("type", "redacted_thinking").put("data", thought.sealed());
    } else if (thought.signature() != null) {
      blocks
          .addObject()
          .put("type", "thinking")
          .put("thinking", thought.text())
          .put("signature", thought.signature());
    }
  }

  private static void mark(ObjectNode block, @Nullable CacheMark cache) {
    if (cache != null) {
      var control = block.putObject("cache_control").put("type", "ephemeral");
      if (cache == CacheMark.LONG) {
        control.put("ttl", cache.word());
      }
    }
  }
}
