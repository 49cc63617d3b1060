package io.faregate.cli.worksheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import io.faregate.cli.workbook.WorksheetWorkbook;
import io.faregate.config.worksheet.Worksheets;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.cost.Costing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The workbook of a worksheet, recalculated by LibreOffice, has the numbers of the worksheet.
/// Where there is no `soffice` nothing is recalculated; CI has one.
class WorkbookTest {
  private static final Path EXAMPLES = Path.of("examples/worksheets");
  private static final BigDecimal NANO = new BigDecimal("0.000000001");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"support", "classification", "writing", "rag", "agent", "batch"})
  void recalculatesToTheSameNumbers(String example) throws Exception {
    agrees(Worksheets.worked(EXAMPLES.resolve(example + ".yaml")));
  }

  @Test
  void knowsCliffsCachesChainsAndWhatIsUnpriced() throws Exception {
    var worksheet =
        Worksheets.of(
            """
            actions: { a: 1000 }
            routes:
              - { workflow: a, step: cliff, first: openai/gpt-5.6-terra, requests: 10,
                  input_tokens: 272001, output_tokens: 1000 }
              - { workflow: a, step: edge, first: openai/gpt-5.6-terra, requests: 10,
                  input_tokens: 272000, output_tokens: 1000 }
              - { workflow: a, step: turns, first: openai/gpt-5.6-terra, requests: 50%, turns: 9,
                  input_tokens: { system: 30000, user: 3333, tool_results: 101 },
                  output_tokens: 777, cache: { segments: [system, history], hits: 33%,
                  lifetime: 1h }, failure_rate: 2% }
              - { workflow: a, step: unpriced, first: acme/one, requests: 10, input_tokens: 5,
                  output_tokens: 5 }
              - { workflow: a, step: never, first: openai/gpt-5.6-sol, fallback: acme/one,
                  requests: 10, input_tokens: 5, output_tokens: 5 }
              - { workflow: a, step: chain, requests: 10%, of: turns, outcome: failed,
                  input_tokens: 5500, output_tokens: 650, overhead: $0.000144,
                  check: { model: openai/gpt-5.6-luna, input_tokens: 700, output_tokens: 30 },
                  chain: { correlated: 20%, tiers: [
                    { model: openai/gpt-5.6-luna, failed: 0%, rejected: 10% },
                    { model: openai/gpt-5.6-terra, failed: 5%, retries: 2, rejected: 10% },
                    { model: openai/gpt-5.6-sol, failed: 2%, retries: 1, rejected: 3% } ] } }
            human: { per_failure: $6, per_correction: $1, completes_failed: true }
            """);

    agrees(Comparison.of(worksheet, List.of(), Worksheets.prices()));
  }

  @Test
  void keepsWorkflowsApartOfWhichOneIsUnpricedOrNamedAlmostAlike() throws Exception {
    var worksheet =
        Worksheets.of(
            """
            actions: { support: 100, Support: 200, odd: 50, part: 40, vain: 10 }
            routes:
              - { workflow: support, step: a, first: openai/gpt-5.6-luna, requests: 100,
                  input_tokens: 1000, output_tokens: 100, failure_rate: 2% }
              - { workflow: a/b, step: c, first: openai/gpt-5.6-luna, requests: 1000,
                  input_tokens: 10, output_tokens: 1 }
              - { workflow: a, step: b/c, first: openai/gpt-5.6-luna, requests: 5,
                  input_tokens: 10, output_tokens: 1 }
              - { workflow: a/b, step: d, first: openai/gpt-5.6-luna, requests: 100%, of: c,
                  input_tokens: 10, output_tokens: 1 }
              - { workflow: odd, step: a, first: acme/one, requests: 50, input_tokens: 5,
                  output_tokens: 5 }
              - { workflow: Support, step: a, first: openai/gpt-5.6-sol, requests: 200,
                  input_tokens: 1000, output_tokens: 100, failure_rate: 3% }
              - { workflow: part, step: a, first: acme/one, requests: 40, input_tokens: 5,
                  output_tokens: 5 }
              - { workflow: part, step: b, first: openai/gpt-5.6-sol, requests: 40,
                  input_tokens: 50, output_tokens: 50 }
              - { workflow: vain, step: a, requests: 10, input_tokens: 50, output_tokens: 50,
                  chain: { tiers: [ { model: openai/gpt-5.6-luna, rejected: 100% } ] } }
              - { workflow: vain, step: b, requests: 10, input_tokens: 50, output_tokens: 50,
                  chain: { tiers: [ { model: acme/one, rejected: 100% } ] } }
            human: { per_failure: $6 }
            scenarios: { priced: { every: { first: openai/gpt-5.6-luna } } }
            """);

    agrees(Comparison.of(worksheet, List.of("priced"), Worksheets.prices()));

    var summary = lines(folder.resolve("book-Summary.csv"));
    assertThat(summary.get(1).cell("UNPRICED")).isEqualTo("3");
    assertThat(summary.get(2).cell("UNPRICED")).isEqualTo("0");
    assertThat(summary.get(2).cell("DIFFERENCE")).isEqualTo("unknown");
  }

  private void agrees(Comparison comparison) throws IOException, InterruptedException {
    var office = office();
    assumeTrue(office != null, "there is no soffice here");
    var file = folder.resolve("book.xlsx");
    try (var out = Files.newOutputStream(file)) {
      WorksheetWorkbook.write(comparison, out);
    }

    recalculate(Objects.requireNonNull(office), file);

    agrees("plan", comparison.plan());
    for (var scenario : comparison.scenarios().entrySet()) {
      agrees(scenario.getKey(), scenario.getValue());
    }
  }

  private void agrees(String name, Costing costing) throws IOException {
    var lines = lines(folder.resolve("book-%s results.csv".formatted(name)));
    for (int i = 0; i < costing.routes().size(); i++) {
      var cost = costing.routes().get(i);
      var line = lines.get(i + 1);
      same(line, "REQUESTS", cost.requests());
      same(line, "PER STARTED", cost.perStartedUsd());
      same(line, "COMPLETED", cost.expected().completed());
      same(line, "PER COMPLETED", cost.perCompletedUsd());
      same(line, "WITH PEOPLE PER COMPLETED", cost.loadedPerCompletedUsd());
      same(line, "MONTH USD", cost.monthlyUsd());
    }
    var total = costing.totalUsd();
    same(
        lines.get(costing.routes().size() + 1),
        "MONTH USD",
        total == null ? BigDecimal.ZERO : total);
    int row = costing.routes().size() + 2;
    for (var workflow : costing.workflows()) {
      if (workflow.actions() != null) {
        same(lines.get(row), "MONTH USD", workflow.monthlyUsd());
        same(lines.get(row), "FAILED", workflow.failedActions());
        same(lines.get(row), "PER STARTED", workflow.perStartedUsd());
        same(lines.get(row), "PER COMPLETED", workflow.perCompletedUsd());
        same(lines.get(row), "WITH PEOPLE PER COMPLETED", workflow.loadedPerCompletedUsd());
        row++;
      }
    }
  }

  private static void same(Line line, String column, @Nullable BigDecimal expected) {
    var cell = line.cell(column);
    if (expected == null) {
      // What is priced and has no cost of a completed one is not completed.
      var unpriced = line.cell("PER STARTED").equals("unpriced");
      assertThat(cell).as(line + " " + column).isEqualTo(unpriced ? "unpriced" : "-");
    } else {
      // Spreadsheets calculate with doubles of fifteen digits.
      var allowed = expected.abs().multiply(new BigDecimal("1e-12")).add(NANO.movePointLeft(3));
      assertThat(number(cell)).as(line + " " + column).isCloseTo(expected, within(allowed));
    }
  }

  private static BigDecimal number(String cell) {
    return cell.endsWith("%")
        ? new BigDecimal(cell.substring(0, cell.length() - 1)).movePointLeft(2)
        : new BigDecimal(cell);
  }

  private record Line(List<String> head, List<String> cells) {
    String cell(String column) {
      return cells.get(head.indexOf(column));
    }
  }

  private static List<Line> lines(Path file) throws IOException {
    var lines = new ArrayList<Line>();
    try (var csv = CsvReader.builder().ofCsvRecord(file)) {
      for (var each : csv) {
        lines.add(
            new Line(
                lines.isEmpty() ? each.getFields() : lines.getFirst().head(), each.getFields()));
      }
    }
    return lines;
  }

  /// Opens the workbook and saves every sheet of it, as numbers and not as they are shown.
  private void recalculate(Path office, Path file) throws IOException, InterruptedException {
    var command =
        new ProcessBuilder(
            office.toString(),
            "-env:UserInstallation=" + folder.resolve("profile").toUri(),
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
            "--outdir",
            folder.toString(),
            file.toString());
    var running = command.redirectErrorStream(true).start();
    var said = new String(running.getInputStream().readAllBytes(), UTF_8);
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
    assertThat(running.exitValue()).as(said).isZero();
  }

  private static @Nullable Path office() {
    for (var entry : System.getenv("PATH").split(":", -1)) {
      var program = Path.of(entry, "soffice");
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }
}
