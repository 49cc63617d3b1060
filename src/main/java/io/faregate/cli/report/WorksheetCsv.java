package io.faregate.cli.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.report.WorksheetDocument;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A worksheet as CSV (RFC 4180): a line for each route, in the plan and in each scenario, with the
/// names of the JSON. What is unpriced is an empty cell.
public final class WorksheetCsv {
  private static final String PLAN = "plan";

  /// How a cell begins that a spreadsheet runs as a formula. Source: RELIABILITY C16.
  private static final Pattern FORMULA = Pattern.compile("[=+@\\t\\r-]");

  /// The columns after the scenario and its day, as the JSON names them.
  private static final List<String> COLUMNS =
      List.of(
          "workflow",
          "step",
          "first",
          "fallback",
          "first_model",
          "fallback_model",
          "requests",
          "failed",
          "cost_per_started_usd",
          "cost_per_completed_usd",
          "loaded_cost_per_completed_usd",
          "monthly_usd",
          "human_monthly_usd",
          "share",
          "basis",
          "model_used");

  private WorksheetCsv() {}

  /// The lines, without an end after the last.
  public static String of(Comparison comparison) {
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      var head = new ArrayList<>(List.of("scenario", "prices"));
      head.addAll(COLUMNS);
      var _ = csv.writeRecord(head);
      lines(csv, PLAN, comparison.plan());
      comparison.scenarios().forEach((name, costing) -> lines(csv, name, costing));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().stripTrailing();
  }

  private static void lines(CsvWriter csv, String scenario, Costing costing) {
    for (var route : WorksheetDocument.routes(costing)) {
      var line = new ArrayList<String>(List.of(scenario, costing.worksheet().day().toString()));
      COLUMNS.forEach(column -> line.add(cell(route.get(column))));
      var _ = csv.writeRecord(line);
    }
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case String text when FORMULA.matcher(text).lookingAt() -> "'" + text;
      default -> value.toString();
    };
  }
}
