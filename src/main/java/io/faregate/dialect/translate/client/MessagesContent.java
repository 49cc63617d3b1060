package io.faregate.dialect.translate.client;

import io.faregate.call.Api;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.anthropic.Seal;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.ToolOutput;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.loss.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the content blocks of an Anthropic Messages body.
final class MessagesContent {
  private static final String BLOCK = "messages[].content[].";
  private static final String CACHE = "cache_control";

  /// What is read of blocks; what else they hold is told of.
  private static final Set<String> READ =
      Set.of(
          "type",
          CACHE,
          "text",
          "source",
          "thinking",
          "signature",
          "data",
          "id",
          "name",
          "input",
          "tool_use_id",
          "content",
          "is_error");

  private final Losses losses;

  MessagesContent(Losses losses) {
    this.losses = losses;
  }

  /// The texts of instructions.
  List<Content.Text> system(JsonNode value) {
    if (value.isString()) {
      return value.stringValue().isBlank()
          ? List.of()
          : List.of(new Content.Text(value.stringValue()));
    }
    var texts = new ArrayList<Content.Text>();
    for (var block : Tree.wantArray("system", value)) {
      var carried = Tree.object();
      var rest = Tree.wantObject("system", block).deepCopy();
      if (!Tree.string(rest, "type").equals("text")) {
        throw new DialectException("instructions must be text", "system");
      }
      rest.remove("type");
      losses.members("system[].", rest, carried::set);
      var text = Tree.string(carried, "text");
      if (!text.isBlank()) {
        texts.add(new Content.Text(text, MessagesPrompt.mark(carried)));
      }
    }
    return texts;
  }

  /// The parts of a turn.
  List<Content> parts(JsonNode value) {
    var parts = new ArrayList<Content>();
    if (value.isString()) {
      if (!value.stringValue().isBlank()) {
        parts.add(new Content.Text(value.stringValue()));
      }
      return parts;
    }
    for (var block : Tree.wantArray("messages[].content", value)) {
      var part = part(Tree.wantObject("messages[].content", block));
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private @Nullable Content part(ObjectNode block) {
    var type = Tree.string(block, "type");
    if (!losses.carries(BLOCK + type)) {
      return null;
    }
    var marked = Tree.object();
    if (losses.carries(
        BLOCK + CACHE, block.path(CACHE).isObject() ? block.path(CACHE) : NullNode.instance)) {
      marked.set(CACHE, block.path(CACHE));
    }
    var mark = MessagesPrompt.mark(marked);
    losses.others(BLOCK + type + ".", block, READ);
    return switch (type) {
      case "text" -> {
        var text = Tree.string(block, "text");
        // Providers refuse blank texts, which say nothing anyway.
        yield text.isBlank() ? null : new Content.Text(text, mark);
      }
      case "image" -> image(block, marked);
      case "thinking" -> thought(block);
      case "redacted_thinking" -> new Content.Thought("", null, Tree.string(block, "data"));
      case "tool_use" ->
          new Content.ToolCall(
              named(block, "id"), named(block, "name"), Tree.object(block, "input"), mark);
      case "tool_result" -> new Content.ToolResult(output(block), mark);
      default -> throw new DialectException("a content block has no known type", BLOCK + "type");
    };
  }

  /// A thought is carried where it was written: sealed by us at OpenAI, signed by Anthropic at
  /// Bedrock.
  private @Nullable Content thought(ObjectNode block) {
    var signature = Tree.stringOrNull(block, "signature");
    boolean sealed = signature != null && Seal.wrote(signature);
    boolean own = losses.provider() == Api.OPENAI ? sealed : signature != null && !sealed;
    return own || losses.carries(BLOCK + "thinking (of others)")
        ? new Content.Thought(Tree.string(block, "thinking"), signature, null)
        : null;
  }

  private Content image(ObjectNode block, ObjectNode marked) {
    var mark = MessagesPrompt.mark(marked);
    var source = Tree.object(block, "source");
    return switch (Tree.string(source, "type")) {
      case "base64" ->
          new Content.Image(Tree.string(source, "media_type"), Tree.string(source, "data"), mark);
      case "url" -> {
        var _ = losses.carries(BLOCK + "image (by address)");
        yield new Content.ImageUrl(Tree.string(source, "url"), mark);
      }
      default -> {
        var _ = losses.carries(BLOCK + "image (by file)");
        throw new DialectException("an image has no known source", BLOCK + "image");
      }
    };
  }

  private ToolOutput output(ObjectNode block) {
    var failed = block.path("is_error");
    var told = failed.isBoolean() && losses.carries(BLOCK + "tool_result.is_error", failed);
    var content = block.has("content") ? parts(block.path("content")) : List.<Content>of();
    for (var part : content) {
      if (part instanceof Content.Image || part instanceof Content.ImageUrl) {
        var _ = losses.carries(BLOCK + "tool_result (image)");
      } else if (!(part instanceof Content.Text)) {
        throw new DialectException("a tool result holds texts and images", BLOCK + "tool_result");
      }
    }
    return new ToolOutput(named(block, "tool_use_id"), content, told && failed.booleanValue());
  }

  private static String named(ObjectNode block, String member) {
    var name = Tree.string(block, member);
    if (name.isEmpty()) {
      throw new DialectException(BLOCK + member + " must be a name", BLOCK + member);
    }
    return name;
  }
}
