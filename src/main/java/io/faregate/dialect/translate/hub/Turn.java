package io.faregate.dialect.translate.hub;

import java.util.ArrayList;
import java.util.List;

/// What one side says at a time.
///
/// @param content results of tools before all else, calls after it: most providers refuse what
///   stands between a call and its result. What the model thought between its calls stays there
public record Turn(Role role, List<Content> content) {
  public Turn {
    content = ordered(content);
  }

  /// Whose turn it is.
  public enum Role {
    /// Instructions in the middle of a conversation.
    SYSTEM,
    /// The user, and the tools on its behalf.
    USER,
    /// The model.
    ASSISTANT
  }

  private static List<Content> ordered(List<Content> content) {
    var results = new ArrayList<Content>();
    var calls = new ArrayList<Content>();
    var others = new ArrayList<Content>();
    for (var part : content) {
      switch (part) {
        case Content.ToolResult _ -> results.add(part);
        case Content.ToolCall _ -> calls.add(part);
        case Content.Thought _ -> (calls.isEmpty() ? others : calls).add(part);
        case Content.Text _, Content.Image _, Content.ImageUrl _ -> others.add(part);
      }
    }
    results.addAll(others);
    results.addAll(calls);
    return List.copyOf(results);
  }

  /// The turns with neighbours of the same side joined, for providers that want them to alternate.
  /// What the system says is the user's there.
  public static List<Turn> alternating(List<Turn> turns) {
    var joined = new ArrayList<Turn>();
    for (var turn : turns) {
      var role = turn.role == Role.SYSTEM ? Role.USER : turn.role;
      if (!joined.isEmpty() && joined.getLast().role == role) {
        var both = new ArrayList<>(joined.removeLast().content);
        both.addAll(turn.content);
        joined.add(new Turn(role, both));
      } else {
        joined.add(new Turn(role, turn.content));
      }
    }
    return joined;
  }
}
