package io.faregate.simulator.tongue;

import java.util.HexFormat;
import java.util.List;

/// What the model says: reasoning, then one or more choices.
///
/// @param reasoningTokens over all choices, counted and billed whether a dialect shows them or not
/// @param thoughts the text of the reasoning, in pieces, for dialects that show it
public record Answer(int reasoningTokens, List<String> thoughts, List<Choice> choices) {
  /// Why a choice ended.
  public enum Stop {
    DONE,
    TOOLS,
    LENGTH
  }

  /// One choice, in tokens: text, then calls of tools. `cutShort` if the token limit ended it.
  public record Choice(List<String> text, List<ToolCall> toolCalls, boolean cutShort) {
    public int tokens() {
      int tokens = text.size();
      for (ToolCall toolCall : toolCalls) {
        tokens += toolCall.tokens();
      }
      return tokens;
    }

    public Stop stop() {
      return cutShort ? Stop.LENGTH : toolCalls.isEmpty() ? Stop.DONE : Stop.TOOLS;
    }

    public String wholeText() {
      return String.join("", text);
    }
  }

  /// One call of a tool; its arguments are the tokens of a JSON object (of plain text for a
  /// freeform tool), its name is one more. All calls of one choice share `group`.
  public record ToolCall(
      long group, int index, String name, List<String> arguments, boolean freeform) {
    private static final HexFormat HEX = HexFormat.of();

    public int tokens() {
      return 1 + arguments.size();
    }

    /// Its id, which begins with `prefix` and goes on with its group.
    public String id(String prefix) {
      return prefix + HEX.toHexDigits(group) + HEX.toHexDigits((byte) index);
    }

    /// The group of the call that bears this id, or the id itself if it is not one of ours.
    static String groupOf(String id) {
      return id.length() > 18 ? id.substring(0, id.length() - 2) : id;
    }

    public String wholeArguments() {
      return String.join("", arguments);
    }
  }

  /// The tokens that are shown, over all choices.
  public int visibleTokens() {
    int tokens = 0;
    for (Choice choice : choices) {
      tokens += choice.tokens();
    }
    return tokens;
  }

  /// The only choice of dialects that have one; an empty one if there is none.
  public Choice first() {
    return choices.isEmpty() ? new Choice(List.of(), List.of(), false) : choices.getFirst();
  }
}
