package io.faregate.money;

import org.jspecify.annotations.Nullable;

/// What an attempt cost: an amount, or the fact that nobody knows it.
public sealed interface Cost {
  /// A known amount.
  record Priced(long nanoUsd) implements Cost {}

  /// An unknown amount: no price for the model, or none for a kind of token that it used. It is
  /// never added up as zero.
  record Unpriced() implements Cost {}

  /// The amount in nano-dollars, or null when unpriced: the form in which rows keep it.
  default @Nullable Long nanoUsdOrNull() {
    return switch (this) {
      case Priced priced -> priced.nanoUsd();
      case Unpriced _ -> null;
    };
  }
}
