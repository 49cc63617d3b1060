package io.faregate.dialect.translate.client;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.CacheMark;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Tool;
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

/// Reads the `input` of an OpenAI Responses body: one text, or items.
final class ResponsesInput {
  private static final String CONTENT = "input[].content[].";
  private static final String MARK = "prompt_cache_breakpoint";

  /// What is read of items and of their parts; what else they hold is told of.
  private static final Set<String> READ_OF_ITEM =
      Set.of(
          "type",
          "id",
          "role",
          "content",
          "status",
          "call_id",
          "name",
          "namespace",
          "arguments",
          "input",
          "output",
          "tools");

  private static final Set<String> READ_OF_PART =
      Set.of("type", "text", "refusal", "image_url", "file_id", "annotations", "logprobs", MARK);

  private final Losses losses;
  private final Draft draft;

  /// @param draft takes what is read
  ResponsesInput(Losses losses, Draft draft) {
    this.losses = losses;
    this.draft = draft;
  }

  void read(JsonNode input) {
    if (input.isString()) {
      draft.add(Turn.Role.USER, texts(input.stringValue()));
    } else {
      Tree.wantArray("input", input).forEach(item -> item(Tree.wantObject("input", item)));
    }
  }

  private void item(ObjectNode item) {
    var given = Tree.string(item, "type");
    var type = given.isEmpty() ? "message" : given;
    if (!isKnown(type)) {
      throw new DialectException(
          "an item of the type %s cannot be carried to another kind of provider"
              .formatted(type.matches("[a-z0-9_]{1,40}") ? type : "given"),
          "input[].type");
    }
    if (!losses.carries("input[]." + type)) {
      return;
    }
    losses.others("input[].", item, READ_OF_ITEM);
    switch (type) {
      case "message" -> message(item);
      case "function_call" ->
          call(
              item,
              Tree.arguments(Tree.string(item, "arguments"), "input[].function_call.arguments"));
      case "custom_tool_call" ->
          call(item, Tree.object().put(Tool.INPUT, Tree.string(item, "input")));
      case "function_call_output", "custom_tool_call_output" -> output(item);
      case "additional_tools" ->
          ResponsesTools.addAll("input[].tools", item.path("tools"), draft.tools, losses);
      default -> throw Losses.misplaced(type);
    }
  }

  private static boolean isKnown(String type) {
    return switch (type) {
      case "message",
          "function_call",
          "function_call_output",
          "custom_tool_call",
          "custom_tool_call_output",
          "additional_tools",
          "reasoning",
          "item_reference" ->
          true;
      default -> false;
    };
  }

  private void message(ObjectNode item) {
    var parts = parts(item.path("content"));
    switch (Tree.string(item, "role")) {
      case "user" -> draft.add(Turn.Role.USER, parts);
      case "assistant" -> draft.add(Turn.Role.ASSISTANT, parts);
      case "system", "developer" -> {
        var texts = new ArrayList<Content.Text>();
        for (var part : parts) {
          if (!(part instanceof Content.Text text)) {
            throw new DialectException("instructions must be text", "input[].content");
          }
          texts.add(text);
        }
        draft.instruct(texts, () -> losses.carries("input[].role (system, later)"));
      }
      default -> throw new DialectException("input[].role is not known", "input[].role");
    }
  }

  private void call(ObjectNode item, ObjectNode arguments) {
    var name = Tool.within(Tree.stringOrNull(item, "namespace"), named(item, "name"));
    draft.add(
        Turn.Role.ASSISTANT,
        List.of(new Content.ToolCall(named(item, "call_id"), name, arguments, null)));
  }

  private void output(ObjectNode item) {
    var content = parts(item.path("output"));
    if (content.stream().anyMatch(part -> !(part instanceof Content.Text))) {
      var _ = losses.carries("input[].function_call_output (image)");
    }
    var output = new ToolOutput(named(item, "call_id"), content, false);
    draft.add(Turn.Role.USER, List.of(new Content.ToolResult(output, null)));
  }

  private List<Content> parts(JsonNode value) {
    if (value.isString()) {
      return texts(value.stringValue());
    }
    var parts = new ArrayList<Content>();
    for (var part : Tree.wantArray("input[].content", value)) {
      part(Tree.wantObject("input[].content", part), parts);
    }
    return parts;
  }

  private void part(ObjectNode part, List<Content> parts) {
    var type = Tree.string(part, "type");
    if (!losses.carries(CONTENT + type)) {
      return;
    }
    losses.others(CONTENT, part, READ_OF_PART);
    var mark = part.hasNonNull(MARK) && losses.carries(CONTENT + MARK) ? CacheMark.SHORT : null;
    switch (type) {
      case "input_text", "output_text" -> text(Tree.string(part, "text"), mark, parts);
      case "refusal" -> text(Tree.string(part, "refusal"), mark, parts);
      case "input_image" -> {
        if (part.hasNonNull("file_id")) {
          var _ = losses.carries(CONTENT + "input_image (by file_id)");
        }
        parts.add(Images.of(Tree.string(part, "image_url"), CONTENT + "input_image", mark, losses));
      }
      default -> throw Losses.misplaced(type);
    }
  }

  private static void text(String text, @Nullable CacheMark mark, List<Content> parts) {
    // Providers refuse blank texts, which say nothing anyway.
    if (!text.isBlank()) {
      parts.add(new Content.Text(text, mark));
    }
  }

  private static List<Content> texts(String text) {
    return text.isBlank() ? List.of() : List.of(new Content.Text(text));
  }

  private static String named(ObjectNode item, String member) {
    var name = Tree.string(item, member);
    if (name.isEmpty()) {
      throw new DialectException("input[]." + member + " must be a name", "input[]." + member);
    }
    return name;
  }
}
