package io.faregate.worksheet.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.worksheet.Worksheets;
import io.faregate.worksheet.cost.Costing;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two worksheets, and what one may cost more than the other.
class WorksheetDiffTest {
  private static final Thresholds TENTH_MORE =
      new Thresholds(null, null, null, new BigDecimal("0.1"), false);

  private static final String SLASHES =
      """
      routes:
        - { workflow: a/b, step: c, first: openai/gpt-5.6-luna, requests: 1000, input_tokens: 10,
            output_tokens: 1 }
        - { workflow: a, step: b/c, first: openai/gpt-5.6-luna, requests: 5, input_tokens: 10,
            output_tokens: 1 }
        - { workflow: a/b, step: d, first: openai/gpt-5.6-luna, requests: 100%, of: c,
            input_tokens: 10, output_tokens: 1 }
      """;

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

  @Test
  void keepsRoutesApartWhoseNamesHaveASlashAtDifferentPlaces() {
    var slashes = Costing.of(Worksheets.of(SLASHES), Worksheets.prices());

    assertThat(slashes.routes().getLast().requests()).isEqualByComparingTo("1000");
    assertThat(new WorksheetDiff(slashes, slashes).routes())
        .hasSize(3)
        .allMatch(route -> route.monthly().isNothing());
  }

  @Test
  void findsARouteOfAScenarioWhoseWorkflowHasASlash() {
    var text = SLASHES + "scenarios: { more: { routes: { a/b/d: { requests: 7 } } } }\n";

    var diff =
        Comparison.of(Worksheets.of(text), List.of("more"), Worksheets.prices()).diff("more");

    assertThat(diff.next().routes().getFirst().requests()).isEqualByComparingTo("1000");
    assertThat(diff.next().routes().getLast().requests()).isEqualByComparingTo("7");
  }

  @ParameterizedTest
  @CsvSource({"a/b/c, b/c, c", "a/b, b, c"})
  void refusesANameOfAScenarioThatMoreThanOneRouteHas(String name, String step, String other) {
    var problems =
        Worksheets.reading(
                """
                routes:
                  - { workflow: a, step: %s, first: openai/gpt-5.6-luna, requests: 5,
                      input_tokens: 10, output_tokens: 1 }
                  - { workflow: a/b, step: %s, first: openai/gpt-5.6-luna, requests: 5,
                      input_tokens: 10, output_tokens: 1 }
                scenarios: { more: { routes: { %s: { requests: 7 } }, every: { check: none } } }
                """
                    .formatted(step, other, name))
            .problems();

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("worksheet.yaml:6:32: \"" + name + "\" is the name of more than one route")
        .endsWith("; rename a workflow or a step, so that no two names read alike");
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
