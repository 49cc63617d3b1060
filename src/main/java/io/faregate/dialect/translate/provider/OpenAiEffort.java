package io.faregate.dialect.translate.provider;

import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Thinking;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How hard OpenAI's models are told to think. Each generation takes one level more: `max` came
/// with gpt-5.6, `xhigh` with gpt-5.1-codex-max. Source: their errors, which list what a model
/// takes.
final class OpenAiEffort {
  private static final Pattern UP_TO_HIGH =
      Pattern.compile("(ft:)?(o\\d|gpt-5(?![.\\d])|gpt-5\\.1(?!\\d|-codex-max))");
  private static final Pattern UP_TO_XHIGH = Pattern.compile("(ft:)?gpt-5\\.[1-5](?!\\d)");

  /// Those that can be told not to think.
  private static final Pattern CAN_REST =
      Pattern.compile("(ft:)?gpt-5\\.[1-9](?!\\d)(?!.*(codex|pro))");

  private OpenAiEffort() {}

  /// What to send in Responses; null if nothing.
  ///
  /// @param warnings takes a word on it if the model thinks otherwise than was asked for
  static @Nullable String of(Prompt prompt, List<String> warnings) {
    var thinking = prompt.thinking();
    if (thinking.mode() == Thinking.Mode.OFF) {
      if (CAN_REST.matcher(prompt.model()).lookingAt()) {
        return "none";
      }
      warnings.add("thinking: dropped, this model always thinks");
      return null;
    }
    var asked = thinking.nearestEffort();
    var effort = asked == null && thinking.mode() == Thinking.Mode.FREE ? "medium" : asked;
    return nearest(prompt.model(), effort, warnings);
  }

  /// The nearest level that a model takes.
  ///
  /// @param warnings takes a word on it if that is another one
  static @Nullable String nearest(String model, @Nullable String asked, List<String> warnings) {
    if (asked == null) {
      return null;
    }
    var nearest =
        switch (asked) {
          case "xhigh", "max" -> most(model, asked);
          default -> asked;
        };
    if (!nearest.equals(asked)) {
      warnings.add("effort: changed, the most that this model takes is " + nearest);
    }
    return nearest;
  }

  private static String most(String model, String asked) {
    if (UP_TO_HIGH.matcher(model).lookingAt()) {
      return "high";
    }
    return UP_TO_XHIGH.matcher(model).lookingAt() ? "xhigh" : asked;
  }
}
