package io.faregate.cli.workbook;

/// How cells show their numbers.
final class Formats {
  static final String COUNT = "#,##0";
  static final String CALLS = "#,##0.######";
  static final String SHARE = "0.00##%";
  static final String USD = "#,##0.00###";
  static final String USD_OF_A_CALL = "0.000000000";
  static final String UNPRICED = "\"unpriced\"";

  private Formats() {}
}
