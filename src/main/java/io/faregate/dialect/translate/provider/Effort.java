package io.faregate.dialect.translate.provider;

import io.faregate.dialect.translate.hub.Prompt;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The effort as models of Anthropic take it, directly or at Bedrock.
public final class Effort {
  /// Those that refuse any. Source: Claude documentation, "Effort", which lists the others.
  private static final Pattern WITHOUT = Pattern.compile("claude-(.*haiku|sonnet-4-5)");

  private Effort() {}

  /// What to send; null if nothing.
  ///
  /// @param warnings takes a word on it if an effort was asked for that the model does not take
  public static @Nullable String of(Prompt prompt, List<String> warnings) {
    var effort = prompt.thinking().effort();
    if (effort == null) {
      return null;
    }
    if (WITHOUT.matcher(prompt.model()).find()) {
      warnings.add("effort: dropped, the model takes none");
      return null;
    }
    return effort.equals("minimal") ? "low" : effort;
  }
}
