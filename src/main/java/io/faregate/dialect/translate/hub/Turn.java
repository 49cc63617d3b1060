package io.faregate.dialect.translate.hub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What one side says at a time.
///
/// @param content results of tools before all else, calls after it: most providers refuse what
///   stands between a call and its result
public record Turn(Role role, List<Content> content) {
  public Turn {
    content = content.stream().sorted(Comparator.comparingInt(Turn::place)).toList();
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

  private static int place(Content part) {
    return switch (part) {
      case Content.ToolResult _ -> 0;
      case Content.Text _, Content.Image _, Content.ImageUrl _, Content.Thought _ -> 1;
      case Content.ToolCall _ -> 2;
    };
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
