package io.faregate.dialect.translate.hub;

/// A dialect that clients speak.
public enum ClientKind {
  /// OpenAI Chat Completions.
  CHAT("chat"),
  /// OpenAI Responses.
  RESPONSES("responses"),
  /// Anthropic Messages.
  MESSAGES("messages");

  private final String word;

  ClientKind(String word) {
    this.word = word;
  }

  /// The name in texts.
  public String word() {
    return word;
  }
}
