package io.faregate.simulator;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.openai.models.responses.Response;
import java.util.List;
import java.util.Map;

/// What tests with the official clients ask of their objects.
public final class Sdk {
  private Sdk() {}

  /// The text of a message.
  public static String text(Message message) {
    var text = new StringBuilder();
    message.content().forEach(block -> block.text().ifPresent(part -> text.append(part.text())));
    return text.toString();
  }

  /// The text of a response.
  public static String text(Response response) {
    var text = new StringBuilder();
    response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .forEach(content -> text.append(content.asOutputText().text()));
    return text.toString();
  }

  /// A tool with one argument, `id`.
  public static Tool tool(String name) {
    var properties =
        Tool.InputSchema.Properties.builder()
            .putAdditionalProperty("id", JsonValue.from(Map.of("type", "string")))
            .build();
    var schema = Tool.InputSchema.builder().properties(properties).required(List.of("id")).build();
    return Tool.builder().name(name).inputSchema(schema).build();
  }

  /// The tools that a message calls.
  public static List<ToolUseBlock> calls(Message message) {
    return message.content().stream().flatMap(block -> block.toolUse().stream()).toList();
  }

  /// A result for each of these.
  public static List<ContentBlockParam> results(Message message) {
    return calls(message).stream()
        .map(call -> ToolResultBlockParam.builder().toolUseId(call.id()).content("done").build())
        .map(ContentBlockParam::ofToolResult)
        .toList();
  }
}
