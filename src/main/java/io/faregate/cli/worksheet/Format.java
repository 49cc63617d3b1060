package io.faregate.cli.worksheet;

import java.util.Locale;

/// How a worksheet is printed. The names are what `--format` takes, in any case.
enum Format {
  TABLE,
  MD,
  CSV,
  XLSX,
  JSON;

  /// As help and completion have it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
