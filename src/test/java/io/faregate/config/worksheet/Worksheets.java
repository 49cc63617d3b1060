package io.faregate.config.worksheet;

import io.faregate.config.catalogue.Catalogue;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.plan.Worksheet;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;

/// Worksheets at the built-in prices, for tests.
public final class Worksheets {
  private static final LocalDate DAY = LocalDate.of(2026, 8, 21);

  private Worksheets() {}

  /// The built-in prices of 2026-08-21.
  public static Prices prices() {
    var catalogue = Catalogue.builtIn();
    return new Prices(DAY, catalogue.prices(), catalogue.models());
  }

  /// What a text reads as, without a policy.
  public static WorksheetReading reading(String text) {
    return WorksheetReader.read("worksheet.yaml", text, new Ground(null, prices()));
  }

  /// A worksheet without errors.
  public static Worksheet of(String text) {
    var reading = reading(text);
    return Objects.requireNonNull(reading.worksheet(), () -> reading.problems().toString());
  }

  /// A file without errors, with all its scenarios worked out.
  public static Comparison worked(Path file) {
    var reading = WorksheetReader.read(file, new Ground(null, prices()));
    var worksheet =
        Objects.requireNonNull(reading.worksheet(), () -> reading.problems().toString());
    return Comparison.of(worksheet, worksheet.scenarios().keySet(), prices());
  }
}
