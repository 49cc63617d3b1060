package io.faregate.config.prices;

import java.util.Locale;

/// Something that a list says in a way that people should know of.
///
/// @param model as the list names it
/// @param text what it says and how it was taken
public record Remark(Kind kind, String model, String text) {
  /// How a value was taken.
  public enum Kind {
    /// Binary noise was taken for the number that it is close to.
    REPAIRED,
    /// A 0 for something that is not offered was taken for no price.
    NO_PRICE,
    /// The model was left out, since its price cannot be kept.
    REFUSED;

    /// The name in JSON: `no_price`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
