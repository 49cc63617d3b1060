package io.faregate.money;

/// A kind of token that has a price of its own.
public enum TokenKind {
  /// Input that no cache served or keeps.
  INPUT("input"),
  /// Input served from a prompt cache.
  CACHE_READ("cache_read"),
  /// Input written to a prompt cache that lives five minutes.
  CACHE_WRITE_5M("cache_write_5m"),
  /// Input written to a prompt cache that lives one hour.
  CACHE_WRITE_1H("cache_write_1h"),
  /// Everything the model wrote, shown or not.
  OUTPUT("output");

  private final String word;

  TokenKind(String word) {
    this.word = word;
  }

  /// The name in files, columns and JSON.
  public String word() {
    return word;
  }
}
