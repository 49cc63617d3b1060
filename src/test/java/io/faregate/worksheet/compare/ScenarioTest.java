package io.faregate.worksheet.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.worksheet.Worksheets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a scenario changes.
class ScenarioTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "every: { requests: x2 } | 2000 | 800 | 400",
        "routes: { s: { requests: x2 } } | 2000 | 800 | 400",
        "routes: { s/a: { requests: x2 } } | 2000 | 800 | 400",
        "routes: { s/b: { requests: x2 } } | 1000 | 800 | 400",
        "routes: { s: { requests: x2 }, s/b: { requests: x2 } } | 2000 | 1600 | 800",
        "every: { requests: 70 } | 70 | 70 | 70",
      })
  void multipliesTheCallsOfRowsThatCountFromAnotherOnce(
      String changes, String first, String share, String shareOfShare) {
    var worksheet =
        Worksheets.of(
            """
            actions: { s: 10000 }
            routes:
              - { workflow: s, step: a, first: openai/gpt-5.6-luna, requests: 10%%,
                  input_tokens: 10, output_tokens: 1 }
              - { workflow: s, step: b, first: openai/gpt-5.6-luna, requests: 40%%, of: a,
                  input_tokens: 10, output_tokens: 1 }
              - { workflow: s, step: c, first: openai/gpt-5.6-luna, requests: 50%%, of: b,
                  input_tokens: 10, output_tokens: 1 }
            scenarios: { other: { %s } }
            """
                .formatted(changes));

    var other = Comparison.of(worksheet, List.of("other"), Worksheets.prices()).diff("other");

    assertThat(other.next().routes())
        .extracting(cost -> cost.requests().stripTrailingZeros().toPlainString())
        .containsExactly(first, share, shareOfShare);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "retry_rate: 10% | 100000 | 50000",
        "retry_rate: x3 | 60000 | 50000",
        "retry_rate: 10%, fallback_retry_rate: 1% | 10000 | 10000",
        "fallback_retry_rate: x2 | 40000 | 100000",
      })
  void changesTheRetriesOfAFallbackWithThoseOfTheFirstTierUnlessItsRowStatesThem(
      String changes, long unstated, long stated) {
    var worksheet =
        Worksheets.of(
            """
            routes:
              - { workflow: s, step: a, first: openai/gpt-5.6-luna, fallback: openai/gpt-5.6-sol,
                  requests: 10, input_tokens: 10, output_tokens: 1, fallback_rate: 10%%,
                  retry_rate: 2%% }
              - { workflow: s, step: b, first: openai/gpt-5.6-luna, fallback: openai/gpt-5.6-sol,
                  requests: 10, input_tokens: 10, output_tokens: 1, fallback_rate: 10%%,
                  retry_rate: 2%%, fallback_retry_rate: 5%% }
            scenarios: { other: { every: { %s } } }
            """
                .formatted(changes));

    var other = Comparison.of(worksheet, List.of("other"), Worksheets.prices()).diff("other");

    assertThat(other.next().routes())
        .extracting(cost -> cost.route().odds().fallbackRetry())
        .containsExactly(unstated, stated);
  }

  @Test
  void takesTheFallbackFromEveryRouteButTheOneThatIsGivenAnother() {
    var worksheet =
        Worksheets.of(
            """
            routes:
              - { workflow: s, step: a, first: openai/gpt-5.6-luna, fallback: openai/gpt-5.6-terra,
                  requests: 10, input_tokens: 10, output_tokens: 1, fallback_rate: 10% }
              - { workflow: s, step: b, first: openai/gpt-5.6-luna, fallback: openai/gpt-5.6-terra,
                  requests: 10, input_tokens: 10, output_tokens: 1, fallback_rate: 20% }
            scenarios:
              other:
                every: { fallback: none }
                routes: { s/b: { fallback: openai/gpt-5.6-sol } }
            """);

    var other = Comparison.of(worksheet, List.of("other"), Worksheets.prices()).diff("other");

    assertThat(other.next().routes())
        .extracting(cost -> cost.expected().fallback().stripTrailingZeros().toPlainString())
        .containsExactly("0", "0.2");
    assertThat(other.next().routes())
        .extracting(cost -> cost.expected().attempts().size())
        .containsExactly(1, 2);
  }

  @Test
  void namesNoFallbackOfAChainThatHasNone() {
    var worksheet =
        Worksheets.of(
            """
            routes:
              - { workflow: s, step: a, requests: 10, input_tokens: 10, output_tokens: 1,
                  chain: { tiers: [ { model: openai/gpt-5.6-luna, rejected: 20% } ] } }
            scenarios: { other: { every: { fallback: openai/gpt-5.6-sol } } }
            """);

    var other = Comparison.of(worksheet, List.of("other"), Worksheets.prices()).diff("other");

    assertThat(other.next().routes().getFirst().route().fallback()).isNull();
  }
}
