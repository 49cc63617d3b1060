package io.faregate.dialect.translate.client;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.CacheMark;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Shape;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.ToolChoice;
import io.faregate.dialect.translate.hub.ToolOutput;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import io.faregate.dialect.translate.loss.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a prompt from the body of an OpenAI Chat call.
final class ChatPrompt {
  private static final String CONTENT = "messages[].content";

  /// What is read of content parts; what else they hold is told of.
  private static final Set<String> READ =
      Set.of("type", "text", "refusal", "image_url", "prompt_cache_breakpoint");

  private final Losses losses;
  private final Draft draft = new Draft();
  private @Nullable Long olderLimit;

  private ChatPrompt(Losses losses) {
    this.losses = losses;
  }

  /// What a body asks of that kind of provider.
  ///
  /// @throws DialectException if it is not what it should be, or cannot be carried
  static Prompt read(ObjectNode body, Api provider) {
    var reader = new ChatPrompt(new Losses(Protocol.CHAT, provider));
    reader.losses.members("", body, reader::member);
    if (reader.draft.maxOutputTokens == null) {
      reader.draft.maxOutputTokens = reader.olderLimit;
    }
    return reader.draft.prompt("messages", reader.losses.warnings());
  }

  private void member(String name, JsonNode value) {
    switch (name) {
      case "model" -> draft.model = Tree.wantString(name, value);
      case "messages" -> Tree.wantArray(name, value).forEach(this::message);
      case "tools" -> Tree.wantArray(name, value).forEach(this::tool);
      case "tool_choice" -> toolChoice(value);
      case "parallel_tool_calls" -> draft.oneTool = !Tree.flag(name, value);
      case "response_format" -> responseFormat(value);
      case "max_completion_tokens" -> draft.maxOutputTokens = Tree.count(name, value);
      case "max_tokens" -> olderLimit = Tree.count(name, value);
      case "reasoning_effort" -> effort(Tree.wantString(name, value));
      case "stream" -> draft.streamed = Tree.flag(name, value);
      case "stream_options" -> losses.members("stream_options.", value, (_, _) -> {});
      case "metadata" -> draft.metadata(value);
      case "user" -> draft.user = draft.user == null ? Tree.wantString(name, value) : draft.user;
      case "safety_identifier" -> draft.user = Tree.wantString(name, value);
      default -> sampling(name, value);
    }
  }

  private void sampling(String name, JsonNode value) {
    switch (name) {
      case "temperature" -> draft.temperature = Tree.decimal(name, value);
      case "top_p" -> draft.topP = Tree.decimal(name, value);
      case "seed" -> draft.seed = Tree.decimal(name, value).longValue();
      case "frequency_penalty" -> draft.frequencyPenalty = Tree.decimal(name, value);
      case "presence_penalty" -> draft.presencePenalty = Tree.decimal(name, value);
      case "stop" -> {
        if (value.isString()) {
          draft.stop.add(value.stringValue());
        } else {
          Tree.wantArray(name, value).forEach(text -> draft.stop.add(Tree.wantString(name, text)));
        }
      }
      default -> throw Losses.misplaced(name);
    }
  }

  private void effort(String word) {
    boolean least = word.equals("none") || word.equals("minimal");
    if (!least || losses.carries("reasoning_effort (" + word + ")")) {
      draft.thinking = draft.thinking.withEffort(word);
    }
  }

  private void toolChoice(JsonNode value) {
    if (value.isString()) {
      switch (value.stringValue()) {
        case "auto" -> draft.toolChoice = ToolChoice.of(ToolChoice.Mode.AUTO);
        case "required" -> draft.toolChoice = ToolChoice.of(ToolChoice.Mode.REQUIRED);
        case "none" -> {
          if (losses.carries("tool_choice (none)")) {
            draft.toolChoice = ToolChoice.of(ToolChoice.Mode.NONE);
          }
        }
        default -> throw new DialectException("tool_choice is not known", "tool_choice");
      }
      return;
    }
    var type = Tree.string(Tree.wantObject("tool_choice", value), "type");
    if (!type.equals("function")) {
      var _ =
          losses.carries("tool_choice (" + (type.equals("custom") ? type : "allowed_tools") + ")");
    }
    var name = Tree.string(Tree.object(value, "function"), "name");
    draft.toolChoice = ToolChoice.named(named("tool_choice", name));
  }

  private void responseFormat(JsonNode value) {
    var format = Tree.wantObject("response_format", value);
    switch (Tree.string(format, "type")) {
      case "text" -> {}
      case "json_object" -> {
        if (losses.carries("response_format (json_object)")) {
          draft.shape = Shape.ANY_OBJECT;
        }
      }
      case "json_schema" -> {
        var schema = Tree.object(format, "json_schema");
        draft.shape =
            new Shape(
                Tree.string(schema, "name"),
                Tree.stringOrNull(schema, "description"),
                Tree.object(schema, "schema"),
                schema.path("strict").asBoolean(false));
      }
      default -> throw new DialectException("response_format is not known", "response_format");
    }
  }

  private void tool(JsonNode value) {
    var tool = Tree.wantObject("tools", value);
    if (Tree.string(tool, "type").equals("custom")) {
      var _ = losses.carries("tools[].type (custom)");
    }
    losses.others("tools[].", tool, Set.of("type", "function"));
    var function = Tree.wantObject("tools[].function", tool.path("function"));
    var carried = Tree.object();
    losses.members("tools[].function.", function, carried::set);
    draft.tools.add(
        new Tool(
            named("tools[].function.name", Tree.string(carried, "name")),
            Tree.stringOrNull(carried, "description"),
            Tree.object(carried, "parameters"),
            carried.path("strict").asBoolean(false),
            false,
            null));
  }

  private void message(JsonNode value) {
    var message = Tree.wantObject("messages", value);
    var role = Tree.string(message, "role");
    if (role.equals("function")) {
      var _ = losses.carries("messages[].role (function)");
    }
    var carried = Tree.object();
    var rest = message.deepCopy();
    rest.remove("role");
    losses.members("messages[].", rest, carried::set);
    switch (role) {
      case "system", "developer" ->
          draft.instruct(texts(carried), () -> losses.carries("messages[].role (system, later)"));
      case "user" -> draft.add(Turn.Role.USER, content(carried.path("content")));
      case "assistant" -> draft.add(Turn.Role.ASSISTANT, said(carried));
      case "tool" -> {
        var id = named("messages[].tool_call_id", Tree.string(carried, "tool_call_id"));
        var output = new ToolOutput(id, content(carried.path("content")), false);
        draft.add(Turn.Role.USER, List.of(new Content.ToolResult(output, null)));
      }
      default -> throw new DialectException("messages[].role is not known", "messages");
    }
  }

  private List<Content.Text> texts(ObjectNode message) {
    var texts = new ArrayList<Content.Text>();
    for (var part : content(message.path("content"))) {
      if (!(part instanceof Content.Text text)) {
        throw new DialectException("instructions must be text", CONTENT);
      }
      texts.add(text);
    }
    return texts;
  }

  private List<Content> said(ObjectNode message) {
    var said = new ArrayList<>(content(message.path("content")));
    addText(said, Tree.string(message, "refusal"), null);
    for (var call : Tree.array(message, "tool_calls")) {
      if (Tree.string(call, "type").equals("custom")) {
        var _ = losses.carries("messages[].tool_calls[].type (custom)");
      }
      losses.others("messages[].tool_calls[].", call, Set.of("id", "type", "function", "index"));
      var function = Tree.object(call, "function");
      var field = "messages[].tool_calls[].function.arguments";
      said.add(
          new Content.ToolCall(
              named("messages[].tool_calls[].id", Tree.string(call, "id")),
              named("messages[].tool_calls[].function.name", Tree.string(function, "name")),
              Tree.arguments(Tree.string(function, "arguments"), field),
              null));
    }
    return said;
  }

  private List<Content> content(JsonNode value) {
    var parts = new ArrayList<Content>();
    if (value.isString()) {
      addText(parts, value.stringValue(), null);
    } else if (!value.isMissingNode() && !value.isNull()) {
      Tree.wantArray(CONTENT, value).forEach(part -> part(Tree.wantObject(CONTENT, part), parts));
    }
    return parts;
  }

  private void part(ObjectNode part, List<Content> parts) {
    var type = Tree.string(part, "type");
    if (!losses.carries(CONTENT + "[]." + type)) {
      return;
    }
    losses.others(CONTENT + "[]." + type + ".", part, READ);
    var cache =
        part.has("prompt_cache_breakpoint")
                && losses.carries(CONTENT + "[].prompt_cache_breakpoint")
            ? CacheMark.SHORT
            : null;
    switch (type) {
      case "text" -> addText(parts, Tree.string(part, "text"), cache);
      case "refusal" -> addText(parts, Tree.string(part, "refusal"), cache);
      case "image_url" -> {
        var image = Tree.object(part, "image_url");
        losses.members(CONTENT + "[].image_url.", image, (_, _) -> {});
        parts.add(Images.of(Tree.string(image, "url"), CONTENT + "[].image_url", cache, losses));
      }
      default -> throw new DialectException("a content part has no known type", CONTENT);
    }
  }

  private static void addText(List<Content> parts, String text, @Nullable CacheMark cache) {
    // Providers refuse blank texts, which say nothing anyway.
    if (!text.isBlank()) {
      parts.add(new Content.Text(text, cache));
    }
  }

  private static String named(String field, String name) {
    if (name.isEmpty()) {
      throw new DialectException(field + " must be a name", field);
    }
    return name;
  }
}
