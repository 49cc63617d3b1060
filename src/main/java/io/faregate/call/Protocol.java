package io.faregate.call;

import java.util.Locale;

/// How a client asks: the interface of a vendor that it was written for.
public enum Protocol {
  /// OpenAI Chat Completions.
  CHAT,
  /// OpenAI Responses.
  RESPONSES,
  /// Anthropic Messages.
  MESSAGES,
  /// OpenAI Embeddings.
  EMBEDDINGS;

  /// The name in messages: `chat`, `messages`, ...
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
