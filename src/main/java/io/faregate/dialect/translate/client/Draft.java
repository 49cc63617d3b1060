package io.faregate.dialect.translate.client;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Sampling;
import io.faregate.dialect.translate.hub.Shape;
import io.faregate.dialect.translate.hub.Thinking;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.ToolChoice;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A prompt while its body is read.
final class Draft {
  final List<Content.Text> system = new ArrayList<>();
  final List<Turn> turns = new ArrayList<>();
  final List<Tool> tools = new ArrayList<>();
  final List<String> stop = new ArrayList<>();
  final Map<String, String> metadata = new HashMap<>();
  final Map<String, JsonNode> extras = new HashMap<>();
  final ObjectNode echo = Tree.object();

  /// The ids of calls of tools whose results have not come yet.
  private final Set<String> open = new HashSet<>();

  /// Instructions that stood between those calls and their results; they come after these.
  private final List<Content> waiting = new ArrayList<>();

  String model = "";
  @Nullable ToolChoice toolChoice;
  boolean oneTool;
  @Nullable Shape shape;
  @Nullable Long maxOutputTokens;
  @Nullable BigDecimal temperature;
  @Nullable BigDecimal topP;
  @Nullable Long topK;
  @Nullable Long seed;
  @Nullable BigDecimal frequencyPenalty;
  @Nullable BigDecimal presencePenalty;
  Thinking thinking = Thinking.UNSAID;
  boolean streamed;
  @Nullable String user;

  /// What has been read.
  ///
  /// @param turnsField where the turns should have been
  /// @throws DialectException if nothing is asked
  Prompt prompt(String turnsField, List<String> warnings) {
    waitNoLonger();
    if (turns.isEmpty()) {
      throw new DialectException(turnsField + " must not be empty", turnsField);
    }
    var sampling =
        new Sampling(
            maxOutputTokens,
            temperature,
            topP,
            topK,
            stop,
            seed,
            frequencyPenalty,
            presencePenalty);
    return new Prompt(
        model,
        system,
        turns,
        tools,
        toolChoice,
        oneTool,
        shape,
        sampling,
        thinking,
        streamed,
        metadata,
        user,
        extras,
        echo,
        warnings);
  }

  /// Adds pairs of the client's own; values that are no strings are refused.
  void metadata(JsonNode pairs) {
    for (var pair : Tree.wantObject("metadata", pairs).properties()) {
      metadata.put(pair.getKey(), Tree.wantString("metadata", pair.getValue()));
    }
  }

  /// Adds parts to the turn at the end if it is that side's, or begins one.
  void add(Turn.Role role, List<? extends Content> content) {
    if (content.isEmpty()) {
      return;
    }
    var all = new ArrayList<Content>();
    if (!turns.isEmpty() && turns.getLast().role() == role) {
      all.addAll(turns.removeLast().content());
    } else if (role == Turn.Role.ASSISTANT) {
      // The model went on without the results that are missing.
      waitNoLonger();
    }
    all.addAll(content);
    turns.add(new Turn(role, all));
    content.forEach(this::note);
    if (open.isEmpty()) {
      waitNoLonger();
    }
  }

  private void note(Content part) {
    switch (part) {
      case Content.ToolCall call -> open.add(call.id());
      case Content.ToolResult result -> open.remove(result.output().id());
      case Content.Text _, Content.Image _, Content.ImageUrl _, Content.Thought _ -> {}
    }
  }

  private void waitNoLonger() {
    open.clear();
    if (!waiting.isEmpty()) {
      turns.add(new Turn(Turn.Role.SYSTEM, waiting));
      waiting.clear();
    }
  }

  /// Adds instructions: before the conversation to the system prompt, later where they stand, but
  /// for a call and its result, which providers want one after the other.
  ///
  /// @param later tells whether instructions in the middle are carried
  void instruct(List<Content.Text> texts, BooleanSupplier later) {
    if (turns.isEmpty()) {
      system.addAll(texts);
    } else if (!texts.isEmpty() && later.getAsBoolean()) {
      waiting.addAll(texts);
      if (open.isEmpty()) {
        waitNoLonger();
      }
    }
  }
}
