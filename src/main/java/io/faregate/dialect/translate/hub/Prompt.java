package io.faregate.dialect.translate.hub;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a call asks of a model, whatever the dialect.
///
/// @param model as the provider names it
/// @param system what is said before the conversation
/// @param toolChoice which tools, or null
/// @param oneTool whether the model may call only one tool at a time
/// @param shape the form of the answer, or null for text
/// @param metadata pairs of the client's own
/// @param user who uses the client, or null
/// @param extras settings that only providers of the OpenAI dialect know, by their names there
/// @param echo what the client's dialect repeats in its answers
/// @param warnings what was changed or dropped on the way here
public record Prompt(
    String model,
    List<Content.Text> system,
    List<Turn> turns,
    List<Tool> tools,
    @Nullable ToolChoice toolChoice,
    boolean oneTool,
    @Nullable Shape shape,
    Sampling sampling,
    Thinking thinking,
    boolean streamed,
    Map<String, String> metadata,
    @Nullable String user,
    Map<String, JsonNode> extras,
    ObjectNode echo,
    List<String> warnings) {
  public Prompt {
    system = List.copyOf(system);
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
    metadata = Map.copyOf(metadata);
    extras = Map.copyOf(extras);
    warnings = List.copyOf(warnings);
  }

  /// The tool that the provider knows by that name; null if none was offered.
  public @Nullable Tool tool(String name) {
    return tools.stream().filter(tool -> tool.name().equals(name)).findFirst().orElse(null);
  }
}
