package io.faregate.dialect.translate.provider;

import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Thinking;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How hard a model is told to think in Chat. OpenAI's later models take no effort there where a
/// call offers tools: some want it left out, and those that think unasked want to hear `none`.
/// Source: their errors, which name `/v1/responses` as the place for both.
final class ChatEffort {
  private static final Pattern UNSAID_WITH_TOOLS = Pattern.compile("(ft:)?gpt-5\\.[2-5]");
  private static final Pattern NONE_WITH_TOOLS = Pattern.compile("(ft:)?gpt-(5\\.[6-9]|[6-9])");

  private ChatEffort() {}

  /// What to send; null if nothing.
  ///
  /// @param warnings takes a word on it if the model thinks less than was asked for
  static @Nullable String of(Prompt prompt, List<String> warnings) {
    var thinking = prompt.thinking();
    var asked =
        thinking.mode() == Thinking.Mode.OFF
            ? "none"
            : OpenAiEffort.nearest(prompt.model(), thinking.nearestEffort(), warnings);
    boolean none = NONE_WITH_TOOLS.matcher(prompt.model()).lookingAt();
    boolean unsaid = UNSAID_WITH_TOOLS.matcher(prompt.model()).lookingAt();
    if (prompt.tools().isEmpty() || (!none && !unsaid)) {
      return asked;
    }
    if (asked == null ? none : !asked.equals("none")) {
      warnings.add("tools: changed, in Chat this model does not think where tools are offered");
    }
    return none ? "none" : null;
  }
}
