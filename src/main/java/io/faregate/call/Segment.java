package io.faregate.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A part of the input that has a budget and a cost of its own.
public enum Segment {
  /// System and developer messages.
  SYSTEM,
  /// The last user turn.
  USER,
  /// Messages or content parts named `documents`, or `<documents>` elements.
  DOCUMENTS,
  /// Earlier turns.
  HISTORY,
  /// Tool schemas.
  TOOLS,
  /// Results of tools.
  TOOL_RESULTS;

  /// All of them as they stand in a prompt, the front first: what caches cover first.
  public static final List<Segment> IN_PROMPT =
      List.of(TOOLS, SYSTEM, HISTORY, TOOL_RESULTS, DOCUMENTS, USER);

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The name in configuration, columns and JSON: `tool_results`, ...
  public String word() {
    return word;
  }

  /// The segment of that name.
  public static Optional<Segment> of(String word) {
    return Arrays.stream(values()).filter(segment -> segment.word.equals(word)).findFirst();
  }
}
