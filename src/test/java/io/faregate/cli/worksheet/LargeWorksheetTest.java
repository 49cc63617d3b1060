package io.faregate.cli.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.cli.Shell;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of more routes than anybody reads, the tables stay readable and the sums right.
class LargeWorksheetTest {
  private static final String HEAD =
      """
      prices: 2026-08-21
      tiers: { low: openai/gpt-5.6-luna, high: openai/gpt-5.6-sol }
      routes:
      """;
  @TempDir private Path folder;
  private String shown = "";

  @BeforeEach
  void showAWorksheetOfManyRoutes() throws IOException {
    var rows = IntStream.range(0, 600).mapToObj(LargeWorksheetTest::row);
    var file = folder.resolve("worksheet.yaml");
    Files.writeString(file, rows.collect(Collectors.joining("", HEAD, "")));
    shown = new Shell().run("worksheet", file.toString()).out();
  }

  @Test
  void addsTheAttemptsOfAWorkflowUp() {
    assertThat(table("The attempts behind it"))
        .hasSize(1 + 2 * 4)
        .first()
        .asString()
        .doesNotContain("STEP");
  }

  @Test
  void whatIsAddedUpIsTheTotal() {
    var total = table("WORKFLOW").getLast().replaceAll("^total +| +100%$", "");

    var attempts =
        table("The attempts behind it").stream()
            .skip(1)
            .map(line -> number(line.substring(line.lastIndexOf(' ') + 1)))
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(attempts).isEqualByComparingTo(number(total)).isPositive();
  }

  @Test
  void saysHowManyRemarksItKeepsToItself() {
    assertThat(table("Worth saying"))
        .hasSize(41)
        .last()
        .isEqualTo("- 562 more remarks are left out");
  }

  @Test
  void isWorkedOutThoughEachOfItsRowsIsOdd() throws IOException {
    var rows = IntStream.range(0, 300).mapToObj(LargeWorksheetTest::row);
    var text = rows.collect(Collectors.joining("", HEAD, ""));
    var file = Files.writeString(folder.resolve("odd.yaml"), text.replace("low,", "openai/none,"));

    var answer = new Shell().run("worksheet", file.toString());

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.err()).contains("more than 200 warnings");
    assertThat(answer.out()).contains("no sum contains 300 routes that are unpriced");
  }

  private static String row(int number) {
    return """
    - { workflow: w%d, step: s%d, first: low, fallback: high, requests: %d, input_tokens: 1801,
        output_tokens: 221, fallback_rate: 7%%, retry_rate: 3%% }
    """
        .formatted(number % 2, number, 1_000 + number);
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.replace(",", ""));
  }

  /// The lines under a heading.
  private List<String> table(String heading) {
    return shown
        .lines()
        .dropWhile(line -> !line.startsWith(heading))
        .skip(1)
        .takeWhile(line -> !line.isBlank())
        .toList();
  }
}
