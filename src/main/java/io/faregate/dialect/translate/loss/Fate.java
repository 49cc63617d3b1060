package io.faregate.dialect.translate.loss;

/// What becomes of a field on its way to a provider of another dialect.
public enum Fate {
  /// It reaches the provider.
  CARRIED('+', "carried"),
  /// It reaches the provider as something near, with a warning.
  CHANGED('~', "changed"),
  /// It is left out, with a warning: the answer has the same form without it.
  DROPPED('-', "dropped"),
  /// The call is refused by its name: the client reads in the answer what this provider does not
  /// give, or relies on what it does not do.
  REFUSED('!', "**refused**"),
  /// The provider speaks the client's dialect: nothing is translated.
  SAME('=', "as it is");

  private final char sign;
  private final String word;

  Fate(char sign, String word) {
    this.sign = sign;
    this.word = word;
  }

  /// The word in the documentation.
  public String word() {
    return word;
  }

  static Fate of(char sign) {
    for (var fate : values()) {
      if (fate.sign == sign) {
        return fate;
      }
    }
    throw new IllegalArgumentException("no fate has the sign " + sign);
  }
}
