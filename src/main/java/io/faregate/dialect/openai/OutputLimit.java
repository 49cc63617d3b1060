package io.faregate.dialect.openai;

import java.util.List;
import java.util.regex.Pattern;

/// What Chat calls the limit of the output. It has two names.
public final class OutputLimit {
  private static final String OLDER = "max_tokens";
  private static final String NEWER = "max_completion_tokens";

  /// OpenAI's models that refuse the older name, which is the only one that many servers know that
  /// speak like OpenAI.
  private static final Pattern NEWER_MODEL = Pattern.compile("(ft:)?(gpt-([5-9]|[1-9]\\d)|o\\d)");

  private OutputLimit() {}

  /// The name that the server of a model knows.
  public static String name(String model) {
    return NEWER_MODEL.matcher(model).lookingAt() ? NEWER : OLDER;
  }

  /// Both names, that one last.
  static List<String> names(String model) {
    return name(model).equals(NEWER) ? List.of(OLDER, NEWER) : List.of(NEWER, OLDER);
  }
}
