package io.faregate.dialect.translate.hub;

import java.util.ArrayList;
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
    boolean usageAsked,
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

  /// The same for that model, without its oldest turns and with that output limit.
  ///
  /// @param gone how many of the oldest questions go, each with all that follows before the next
  /// @param outputCap in place of a higher or missing limit; null leaves it
  public Prompt changed(String toModel, int gone, @Nullable Long outputCap) {
    return new Prompt(
        toModel,
        system,
        trimmed(gone),
        tools,
        toolChoice,
        oneTool,
        shape,
        outputCap == null ? sampling : sampling.capped(outputCap),
        thinking,
        streamed,
        usageAsked,
        metadata,
        user,
        extras,
        echo,
        warnings);
  }

  /// Whether a tool of that name takes a text instead of arguments.
  public boolean freeform(String name) {
    return tools.stream().anyMatch(tool -> tool.freeform() && tool.name().equals(name));
  }

  private List<Turn> trimmed(int gone) {
    if (gone == 0) {
      return turns;
    }
    var kept = new ArrayList<Turn>();
    int questions = 0;
    for (var turn : turns) {
      questions += turn.asks() ? 1 : 0;
      if (turn.role() == Turn.Role.SYSTEM || questions > gone + 1) {
        kept.add(turn);
      } else if (questions > gone) {
        kept.add(turn.asks() ? turn.withoutResults() : turn);
      }
    }
    return kept;
  }
}
