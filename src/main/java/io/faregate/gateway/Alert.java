package io.faregate.gateway;

import java.util.Locale;

/// What a person should look at.
public enum Alert {
  /// An attempt cost more than was held for it.
  OVERSHOOT,
  /// An answer ended without its final usage, so what it cost is in doubt.
  USAGE_MISSING,
  /// A provider contradicts itself about the usage of an answer.
  USAGE_INCONSISTENT,
  /// A provider refuses our key, our quota or the name of the model.
  PROVIDER_REFUSES_US;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// Its name in metrics and logs, which stays.
  public String word() {
    return word;
  }
}
