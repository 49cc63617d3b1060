package io.faregate.worksheet.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.worksheet.Worksheets;
import io.faregate.worksheet.cost.Costing;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two worksheets, and what one may cost more than the other.
class WorksheetDiffTest {
  private static final Thresholds TENTH_MORE =
      new Thresholds(null, null, null, new BigDecimal("0.1"), false);

  @Test
  void knowsNoTotalDifferenceWhereAnUnpricedRouteIsOnOneSide() {
    var priced = costing("input_tokens: 1000");
    // The batch price of so long a prompt is not known.
    var unpriced = costing("input_tokens: 300000, service: batch");

    for (var diff :
        List.of(new WorksheetDiff(priced, unpriced), new WorksheetDiff(unpriced, priced))) {
      assertThat(diff.total().usd()).isNull();
      assertThat(diff.total().share()).isNull();
      assertThat(TENTH_MORE.findings(diff))
          .extracting(Thresholds.Finding::text)
          .containsExactly("the increase is not known: a route is unpriced");
    }
  }

  @Test
  void knowsNoDifferenceOfAScenarioThatLeavesARouteUnpriced() {
    var worksheet =
        Worksheets.of(
            """
            routes:
              - { workflow: s, step: a, first: openai/gpt-5.6-sol, requests: 10,
                  input_tokens: 300000, output_tokens: 100 }
              - { workflow: s, step: b, first: openai/gpt-5.6-luna, requests: 10,
                  input_tokens: 1000, output_tokens: 100 }
            scenarios:
              batch: { routes: { s/a: { service: batch } } }
            """);

    var comparison = Comparison.of(worksheet, List.of("batch"), Worksheets.prices());

    assertThat(comparison.diff("batch").next().totalUsd()).isPositive();
    assertThat(comparison.diff("batch").total().usd()).isNull();
  }

  private static Costing costing(String shape) {
    var text =
        """
        routes:
          - { workflow: s, step: a, first: openai/gpt-5.6-sol, requests: 1000, %s,
              output_tokens: 100 }
          - { workflow: t, step: b, first: openai/gpt-5.6-luna, requests: 1000,
              input_tokens: 1000, output_tokens: 100 }
        """
            .formatted(shape);
    return Costing.of(Worksheets.of(text), Worksheets.prices());
  }
}
