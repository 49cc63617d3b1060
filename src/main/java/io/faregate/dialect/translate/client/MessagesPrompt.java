package io.faregate.dialect.translate.client;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.CacheMark;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Schemas;
import io.faregate.dialect.translate.hub.Shape;
import io.faregate.dialect.translate.hub.Thinking;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.ToolChoice;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import io.faregate.dialect.translate.loss.Losses;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a prompt from the body of an Anthropic Messages call.
final class MessagesPrompt {
  private final Losses losses;
  private final MessagesContent content;
  private final Draft draft = new Draft();

  /// Whether a budget for thinking is given, beside which an effort may count or not.
  private boolean budgeted;

  private MessagesPrompt(Losses losses) {
    this.losses = losses;
    this.content = new MessagesContent(losses);
  }

  /// What a body asks of that kind of provider.
  ///
  /// @throws DialectException if it is not what it should be, or cannot be carried
  static Prompt read(ObjectNode body, Api provider) {
    var reader = new MessagesPrompt(new Losses(Protocol.MESSAGES, provider));
    reader.budgeted = Tree.object(body, "thinking").has("budget_tokens");
    reader.losses.members("", body, reader::member);
    return reader.draft.prompt("messages", reader.losses.warnings());
  }

  private void member(String name, JsonNode value) {
    switch (name) {
      case "model" -> draft.model = Tree.wantString(name, value);
      case "system" -> draft.system.addAll(content.system(value));
      case "messages" -> Tree.wantArray(name, value).forEach(this::message);
      case "tools" -> Tree.wantArray(name, value).forEach(this::tool);
      case "tool_choice" -> toolChoice(Tree.wantObject(name, value));
      case "max_tokens" -> draft.maxOutputTokens = Tree.count(name, value);
      case "stop_sequences" ->
          Tree.wantArray(name, value).forEach(text -> stop(Tree.wantString(name, text)));
      case "temperature" -> draft.temperature = Tree.decimal(name, value);
      case "top_p" -> draft.topP = Tree.decimal(name, value);
      case "top_k" -> draft.topK = Tree.count(name, value);
      case "stream" -> draft.streamed = Tree.flag(name, value);
      case "thinking" -> thinking(Tree.wantObject(name, value));
      case "output_config" -> output(value);
      case "output_format" -> output("format", value);
      case "metadata" -> losses.members("metadata.", value, (_, _) -> {});
      default -> throw Losses.misplaced(name);
    }
  }

  /// An empty text ends nothing; Anthropic refuses it.
  private void stop(String text) {
    if (!text.isEmpty()) {
      draft.stop.add(text);
    }
  }

  private void message(JsonNode value) {
    var message = Tree.wantObject("messages", value);
    var rest = message.deepCopy();
    rest.remove("role");
    losses.members("messages[].", rest, (_, _) -> {});
    var said = message.path("content");
    switch (Tree.string(message, "role")) {
      case "user" -> draft.add(Turn.Role.USER, content.parts(said));
      case "assistant" -> draft.add(Turn.Role.ASSISTANT, content.parts(said));
      case "system" ->
          draft.instruct(content.system(said), () -> losses.carries("messages[].role (system)"));
      default -> throw new DialectException("messages[].role is not known", "messages");
    }
  }

  private void tool(JsonNode value) {
    var tool = Tree.wantObject("tools", value);
    if (Tree.string(tool, "type").startsWith("web_search")) {
      var _ = losses.carries("tools[].type (web_search)");
      return;
    }
    var carried = Tree.object();
    losses.members("tools[].", tool, carried::set);
    var name = Tree.string(carried, "name");
    if (name.isEmpty()) {
      throw new DialectException("tools[].name must be a name", "tools[].name");
    }
    draft.tools.add(
        new Tool(
            name,
            Tree.stringOrNull(carried, "description"),
            Tree.object(carried, "input_schema"),
            carried.path("strict").asBoolean(false),
            false,
            mark(carried)));
  }

  private void toolChoice(ObjectNode choice) {
    var one = choice.path("disable_parallel_tool_use");
    draft.oneTool =
        losses.carries(
                "tool_choice.disable_parallel_tool_use",
                one.isMissingNode() ? NullNode.instance : one)
            && one.asBoolean(false);
    switch (Tree.string(choice, "type")) {
      case "auto" -> draft.toolChoice = ToolChoice.of(ToolChoice.Mode.AUTO);
      case "any" -> draft.toolChoice = ToolChoice.of(ToolChoice.Mode.REQUIRED);
      case "none" -> {
        if (losses.carries("tool_choice (none)")) {
          draft.toolChoice = ToolChoice.of(ToolChoice.Mode.NONE);
        }
      }
      case "tool" -> {
        var name = Tree.string(choice, "name");
        if (name.isEmpty()) {
          throw new DialectException("tool_choice.name must be a name", "tool_choice.name");
        }
        draft.toolChoice = ToolChoice.named(name);
      }
      default -> throw new DialectException("tool_choice.type is not known", "tool_choice.type");
    }
  }

  private void output(JsonNode value) {
    var config = Tree.wantObject("output_config", value).deepCopy();
    if (budgeted
        && config.hasNonNull("effort")
        && !losses.carries("output_config.effort (beside a budget)")) {
      config.remove("effort");
    }
    losses.members("output_config.", config, this::output);
  }

  private void output(String name, JsonNode value) {
    if (name.equals("effort")) {
      draft.thinking = draft.thinking.withEffort(Tree.wantString("output_config.effort", value));
      return;
    }
    var format = Tree.wantObject("output_config.format", value);
    if (!Tree.string(format, "type").equals("json_schema")) {
      throw new DialectException("output_config.format is not known", "output_config.format");
    }
    var schema = Tree.object(format, "schema");
    boolean exact = Schemas.isExact(schema);
    if (!exact) {
      var _ = losses.carries("output_config.format (optional properties)");
    }
    draft.shape = new Shape("answer", null, schema, exact);
  }

  private void thinking(ObjectNode thinking) {
    var type = Tree.string(thinking, "type");
    var mode =
        switch (type) {
          case "enabled" -> Thinking.Mode.BUDGET;
          case "adaptive", "between_tools" -> Thinking.Mode.FREE;
          case "disabled" -> Thinking.Mode.OFF;
          default -> throw new DialectException("thinking.type is not known", "thinking.type");
        };
    if (thinking.has("display")) {
      var _ = losses.carries("thinking.display", thinking.path("display"));
    }
    if (mode != Thinking.Mode.OFF) {
      // Thoughts are shown to who asks for them, also where the model thinks as it usually does.
      draft.thinking = draft.thinking.visible();
    }
    if (!losses.carries("thinking (" + type + ")")) {
      return;
    }
    var budget =
        mode == Thinking.Mode.BUDGET
            ? (Long) Tree.count("thinking.budget_tokens", thinking.path("budget_tokens"))
            : null;
    draft.thinking = new Thinking(mode, budget, draft.thinking.effort(), draft.thinking.shown());
  }

  static @Nullable CacheMark mark(ObjectNode carried) {
    var control = carried.path("cache_control");
    if (!control.isObject()) {
      return null;
    }
    return Tree.string(control, "ttl").equals(CacheMark.LONG.word())
        ? CacheMark.LONG
        : CacheMark.SHORT;
  }
}
