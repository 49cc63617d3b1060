package io.faregate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.worksheet.Worksheets;
import io.faregate.worksheet.compare.Comparison;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a spreadsheet makes of a worksheet as CSV.
class WorksheetCsvTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\\tx", "\\rx"})
  void makesNoFormulaOfAName(String name) {
    var worksheet =
        Worksheets.of(
            """
            routes:
              - { workflow: "%s", step: s, first: openai/gpt-5.6-luna, requests: 10,
                  input_tokens: 10, output_tokens: 1 }
            """
                .formatted(name));

    var csv = WorksheetCsv.of(Comparison.of(worksheet, List.of(), Worksheets.prices()));

    assertThat(csv).contains("'" + name.translateEscapes()).contains(",0.000003200,");
  }
}
