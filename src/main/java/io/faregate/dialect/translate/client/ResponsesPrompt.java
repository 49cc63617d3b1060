package io.faregate.dialect.translate.client;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Shape;
import io.faregate.dialect.translate.hub.ToolChoice;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.loss.Losses;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a prompt from the body of an OpenAI Responses call.
final class ResponsesPrompt {
  /// Members that a response repeats from its request.
  private static final Set<String> ECHOED =
      Set.of(
          "instructions",
          "max_output_tokens",
          "metadata",
          "parallel_tool_calls",
          "reasoning",
          "temperature",
          "text",
          "tool_choice",
          "tools",
          "top_p",
          "user");

  private final Losses losses;
  private final Draft draft = new Draft();

  private ResponsesPrompt(Losses losses) {
    this.losses = losses;
  }

  /// What a body asks of that kind of provider.
  ///
  /// @throws DialectException if it is not what it should be, or cannot be carried
  static Prompt read(ObjectNode body, Api provider) {
    var reader = new ResponsesPrompt(new Losses(Protocol.RESPONSES, provider));
    // Instructions stand before the input wherever they are written.
    if (body.path("instructions").isString()
        && reader.losses.carries("instructions", body.path("instructions"))) {
      reader.instructions(body.path("instructions").stringValue());
    }
    reader.losses.members("", body, reader::member);
    for (var name : ECHOED) {
      if (body.hasNonNull(name)) {
        reader.draft.echo.set(name, body.path(name));
      }
    }
    return reader.draft.prompt("input", reader.losses.warnings());
  }

  private void instructions(String text) {
    if (!text.isBlank()) {
      draft.system.add(new Content.Text(text));
    }
  }

  private void member(String name, JsonNode value) {
    switch (name) {
      case "model" -> draft.model = Tree.wantString(name, value);
      case "instructions" -> {
        var _ = Tree.wantString(name, value);
      }
      case "input" -> new ResponsesInput(losses, draft).read(value);
      case "tools" -> ResponsesTools.addAll(name, value, draft.tools, losses);
      case "tool_choice" -> toolChoice(value);
      case "parallel_tool_calls" -> draft.oneTool = !Tree.flag(name, value);
      case "text" -> losses.members("text.", Tree.wantObject(name, value), this::text);
      case "reasoning" ->
          losses.members("reasoning.", Tree.wantObject(name, value), this::thinking);
      case "max_output_tokens" -> draft.maxOutputTokens = Tree.count(name, value);
      case "temperature" -> draft.temperature = Tree.decimal(name, value);
      case "top_p" -> draft.topP = Tree.decimal(name, value);
      case "stream" -> draft.streamed = Tree.flag(name, value);
      case "stream_options" ->
          losses.members("stream_options.", Tree.wantObject(name, value), (_, _) -> {});
      case "metadata" -> draft.metadata(value);
      case "user" -> draft.user = draft.user == null ? Tree.wantString(name, value) : draft.user;
      case "safety_identifier" -> draft.user = Tree.wantString(name, value);
      case "service_tier", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention" ->
          draft.extras.put(name, value);
      default -> throw Losses.misplaced(name);
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
    switch (Tree.string(Tree.wantObject("tool_choice", value), "type")) {
      case "function", "custom" -> {
        var name = Tree.string(value, "name");
        if (name.isEmpty()) {
          throw new DialectException("tool_choice.name must be a name", "tool_choice.name");
        }
        draft.toolChoice = ToolChoice.named(name);
      }
      case "allowed_tools" -> {
        var _ = losses.carries("tool_choice (allowed_tools)");
      }
      default -> {
        var _ = losses.carries("tool_choice (hosted)");
      }
    }
  }

  private void text(String name, JsonNode value) {
    if (name.equals("verbosity")) {
      draft.extras.put(name, value);
      return;
    }
    var format = Tree.wantObject("text.format", value);
    switch (Tree.string(format, "type")) {
      case "text" -> {}
      case "json_object" -> {
        if (losses.carries("text.format (json_object)")) {
          draft.shape = Shape.ANY_OBJECT;
        }
      }
      case "json_schema" ->
          draft.shape =
              new Shape(
                  Tree.string(format, "name"),
                  Tree.stringOrNull(format, "description"),
                  Tree.object(format, "schema"),
                  format.path("strict").asBoolean(false));
      default -> throw new DialectException("text.format is not known", "text.format");
    }
  }

  private void thinking(String name, JsonNode value) {
    if (name.equals("summary")) {
      draft.thinking = draft.thinking.visible();
      return;
    }
    var word = Tree.wantString("reasoning.effort", value);
    boolean least = word.equals("none") || word.equals("minimal");
    if (!least || losses.carries("reasoning.effort (" + word + ")")) {
      draft.thinking = draft.thinking.withEffort(word);
    }
  }
}
