package io.faregate.dialect.translate.hub;

/// A kind of provider, as `api` names it in the configuration.
public enum ProviderKind {
  /// OpenAI Chat Completions, and all who speak like it.
  OPENAI("openai"),
  /// Anthropic Messages.
  ANTHROPIC("anthropic"),
  /// Gemini generateContent.
  GEMINI("gemini"),
  /// Amazon Bedrock Converse.
  BEDROCK("bedrock");

  private final String word;

  ProviderKind(String word) {
    this.word = word;
  }

  /// The name in the configuration.
  public String word() {
    return word;
  }
}
