package io.faregate.cli.worksheet;

/// How a worksheet is printed. The names are what `--format` takes.
enum Format {
  TABLE,
  MD,
  CSV,
  XLSX,
  JSON
}
