package io.faregate.call;

import java.util.Locale;

/// Where the tokens of an attempt come from.
public enum UsageSource {
  /// The provider reported them.
  PROVIDER,
  /// Worked out from what was sent and seen.
  ESTIMATED,
  /// Nobody knows them.
  UNKNOWN;

  /// The name in columns, headers and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
