package io.faregate.call;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Something that a call may need and not every model can do.
public enum Capability {
  TOOLS,
  IMAGES,
  AUDIO,
  FILES,
  JSON_SCHEMA,
  LOGPROBS,
  REASONING;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The name in configuration and JSON: `json_schema`, ...
  public String word() {
    return word;
  }

  /// The capability of that name.
  public static Optional<Capability> of(String word) {
    return Arrays.stream(values()).filter(can -> can.word.equals(word)).findFirst();
  }
}
