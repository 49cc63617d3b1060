package io.faregate.worksheet.plan;

import java.util.Locale;

/// Where the numbers of a row come from. Source: PRODUCT §6.
public enum Basis {
  /// Counted in a ledger.
  MEASURED,
  /// Said by the policy.
  CONFIGURED,
  /// Somebody's expectation.
  ESTIMATED;

  /// The name in files, columns and JSON: `measured`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
