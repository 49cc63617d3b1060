package io.faregate.dialect.translate.provider;

import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Thinking;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How hard a model is told to think in Chat. OpenAI's later models take no effort there where a
/// call offers tools: some want it left out, and those that think unasked want to hear `none`.
/// Source: their errors, which name `/v1/responses` as the place for both.
enum ChatEffort {
  /// It is what the prompt says.
  FREE,
  /// It is left out, and the model does not think.
  UNSAID,
  /// It is `none`.
  NONE;

  private static final Pattern UNSAID_WITH_TOOLS = Pattern.compile("(ft:)?gpt-5\\.[2-5]");
  private static final Pattern NONE_WITH_TOOLS = Pattern.compile("(ft:)?gpt-(5\\.[6-9]|[6-9])");

  /// What the model of a prompt takes.
  static ChatEffort of(Prompt prompt) {
    if (prompt.tools().isEmpty()) {
      return FREE;
    }
    if (UNSAID_WITH_TOOLS.matcher(prompt.model()).lookingAt()) {
      return UNSAID;
    }
    return NONE_WITH_TOOLS.matcher(prompt.model()).lookingAt() ? NONE : FREE;
  }

  /// The effort to send, or null for none to be sent.
  @Nullable String word(Thinking thinking) {
    return switch (this) {
      case FREE -> asked(thinking);
      case UNSAID -> null;
      case NONE -> "none";
    };
  }

  /// What has to be told of it.
  List<String> warnings(Thinking thinking) {
    var asked = asked(thinking);
    var unasked = this == NONE && asked == null;
    return unasked || (this != FREE && asked != null && !asked.equals("none"))
        ? List.of("tools: changed, in Chat this model does not think where tools are offered")
        : List.of();
  }

  private static @Nullable String asked(Thinking thinking) {
    return thinking.mode() == Thinking.Mode.OFF ? "none" : thinking.nearestEffort();
  }
}
