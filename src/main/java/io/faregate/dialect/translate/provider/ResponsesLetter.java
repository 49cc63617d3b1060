package io.faregate.dialect.translate.provider;

import static java.util.stream.Collectors.joining;

import io.faregate.dialect.anthropic.Seal;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Shape;
import io.faregate.dialect.translate.hub.ToolOutput;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes prompts as OpenAI Responses bodies.
final class ResponsesLetter {
  private static final String FOREIGN =
      "messages[].content[].thinking: dropped, only its own provider can read it";

  private final Prompt prompt;
  private final String provider;
  private final List<String> warnings = new ArrayList<>();
  private final ObjectNode body = Tree.object();
  private final ArrayNode input = Tree.array();

  /// @param provider its name in the policy, for thoughts that only it can read
  ResponsesLetter(Prompt prompt, String provider) {
    this.prompt = prompt;
    this.provider = provider;
  }

  ProviderSide.Letter written(String path) {
    body.put("model", prompt.model());
    if (!prompt.system().isEmpty()) {
      body.put(
          "instructions",
          prompt.system().stream().map(Content.Text::text).collect(joining("\n\n")));
    }
    prompt.turns().forEach(this::turn);
    body.set("input", input);
    tools();
    settings();
    body.put("store", false).putArray("include").add("reasoning.encrypted_content");
    if (prompt.streamed()) {
      body.put("stream", true);
    }
    new TreeMap<>(prompt.extras()).forEach(body::set);
    return new ProviderSide.Letter(path, body, warnings);
  }

  private void settings() {
    if (prompt.sampling().maxOutputTokens() != null) {
      body.put("max_output_tokens", prompt.sampling().maxOutputTokens());
    }
    var effort = OpenAiEffort.of(prompt, warnings);
    if (effort != null) {
      body.putObject("reasoning").put("effort", effort);
    }
    if (prompt.shape() != null) {
      body.putObject("text").set("format", format(prompt.shape()));
    }
  }

  private static ObjectNode format(Shape shape) {
    if (shape.schema() == null) {
      return Tree.object().put("type", "json_object");
    }
    var format = Tree.object().put("type", "json_schema");
    format.setAll(OpenAiLetter.schema(shape));
    return format;
  }

  private void tools() {
    if (prompt.tools().isEmpty()) {
      return;
    }
    var tools = body.putArray("tools");
    for (var tool : prompt.tools()) {
      var function = tools.addObject().put("type", "function");
      function.setAll(OpenAiLetter.function(tool));
      // Where nothing is said, it is strict here.
      function.put("strict", tool.strict());
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
        case NAMED ->
            body.putObject("tool_choice").put("type", "function").put("name", choice.name());
      }
    }
  }

  /// A thought stands before what it led to; one that led to nothing is refused there.
  private void turn(Turn turn) {
    var open = new ArrayList<Content>();
    var thoughts = new ArrayList<Content.Thought>();
    for (var part : turn.content()) {
      switch (part) {
        case Content.Thought thought -> {
          message(turn.role(), open);
          thoughts.add(thought);
        }
        case Content.Text _, Content.Image _, Content.ImageUrl _ -> {
          thoughts(thoughts);
          open.add(part);
        }
        case Content.ToolCall _, Content.ToolResult _ -> {
          message(turn.role(), open);
          thoughts(thoughts);
          item(part);
        }
      }
    }
    message(turn.role(), open);
  }

  private void thoughts(List<Content.Thought> thoughts) {
    thoughts.forEach(this::thought);
    thoughts.clear();
  }

  /// Writes what was said since the last item.
  private void message(Turn.Role role, List<Content> parts) {
    if (parts.isEmpty()) {
      return;
    }
    var message = input.addObject().put("role", role.name().toLowerCase(Locale.ROOT));
    content(parts, role == Turn.Role.ASSISTANT ? "output_text" : "input_text", message);
    parts.clear();
  }

  private void item(Content part) {
    switch (part) {
      case Content.ToolCall call ->
          input
              .addObject()
              .put("type", "function_call")
              .put("call_id", call.id())
              .put("name", call.name())
              .put("arguments", Tree.text(call.arguments()));
      case Content.ToolResult(ToolOutput output, _) -> {
        var result =
            input.addObject().put("type", "function_call_output").put("call_id", output.id());
        if (output.images().isEmpty()) {
          result.put("output", output.text());
        } else {
          parts(output.content(), "input_text", result.putArray("output"));
        }
      }
      case Content.Text _, Content.Image _, Content.ImageUrl _, Content.Thought _ -> {}
    }
  }

  /// A thought as it came, if it came from this provider.
  private void thought(Content.Thought thought) {
    var seal = thought.signature() == null ? null : Seal.read(thought.signature());
    if (seal == null || !seal.provider().equals(provider)) {
      if (!warnings.contains(FOREIGN)) {
        warnings.add(FOREIGN);
      }
      return;
    }
    var item = input.addObject().put("type", "reasoning").put("id", seal.item());
    var summary = item.putArray("summary");
    if (!thought.text().isEmpty()) {
      summary.addObject().put("type", "summary_text").put("text", thought.text());
    }
    item.put("encrypted_content", seal.content());
  }

  private static void content(List<Content> parts, String textType, ObjectNode message) {
    if (parts.size() == 1 && parts.getFirst() instanceof Content.Text text) {
      message.put("content", text.text());
    } else {
      parts(parts, textType, message.putArray("content"));
    }
  }

  private static void parts(List<Content> parts, String textType, ArrayNode list) {
    for (var part : parts) {
      switch (part) {
        case Content.Text text -> list.addObject().put("type", textType).put("text", text.text());
        case Content.Image image ->
            image(list, "data:" + image.mediaType() + ";base64," + image.base64());
        case Content.ImageUrl image -> image(list, image.url());
        case Content.ToolCall _, Content.ToolResult _, Content.Thought _ -> {}
      }
    }
  }

  private static void image(ArrayNode list, String url) {
    list.addObject().put("type", "input_image").put("image_url", url);
  }
}
