package io.faregate.call;

import java.util.Arrays;
import java.util.Locale;

/// What a provider speaks, and which calls can be carried to it: those of its own protocols as they
/// came, others translated. A model whose provider cannot be reached so is passed over as
/// `unsupported`.
public enum Api {
  /// OpenAI, Azure, and every server that speaks like them.
  OPENAI,
  /// Anthropic Messages.
  ANTHROPIC,
  /// Gemini generateContent.
  GEMINI,
  /// Bedrock Converse.
  BEDROCK;

  /// Whether a call of that protocol can be carried to it.
  public boolean carries(Protocol protocol) {
    return switch (this) {
      case OPENAI -> protocol != Protocol.MESSAGES;
      case ANTHROPIC -> protocol == Protocol.MESSAGES;
      case GEMINI, BEDROCK -> false;
    };
  }

  /// Whether anything can be carried to it.
  public boolean isSpoken() {
    return Arrays.stream(Protocol.values()).anyMatch(this::carries);
  }

  /// The name in configuration and messages: `openai`, ...
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
