package io.faregate.dialect.translate.hub;

/// A mark after which the prompt so far may be cached, by its lifetime.
public enum CacheMark {
  /// Five minutes.
  SHORT("5m"),
  /// One hour.
  LONG("1h");

  private final String word;

  CacheMark(String word) {
    this.word = word;
  }

  /// The lifetime as Anthropic and Bedrock write it.
  public String word() {
    return word;
  }
}
