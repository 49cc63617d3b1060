package io.faregate.call;

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
  BEDROCK,
  /// A server that speaks like OpenAI but has no Responses.
  OPENAI_CHAT;

  /// Whether it speaks that protocol itself.
  public boolean speaks(Protocol protocol) {
    return switch (this) {
      case OPENAI -> protocol != Protocol.MESSAGES;
      case OPENAI_CHAT -> protocol == Protocol.CHAT || protocol == Protocol.EMBEDDINGS;
      case ANTHROPIC -> protocol == Protocol.MESSAGES;
      case GEMINI, BEDROCK -> false;
    };
  }

  /// Whether a call of that protocol can be carried to it. Vectors of two models do not mix, so
  /// embeddings are never translated.
  public boolean carries(Protocol protocol) {
    return speaks(protocol) || protocol != Protocol.EMBEDDINGS;
  }

  /// The name in configuration and messages: `openai`, ...
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
