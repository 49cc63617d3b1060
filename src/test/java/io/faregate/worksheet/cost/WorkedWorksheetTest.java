package io.faregate.worksheet.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.worksheet.Worksheets;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.report.Remarks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked numbers of FORMULAS §2, to the digit.
class WorkedWorksheetTest {
  private static final Comparison SUPPORT =
      Worksheets.worked(Path.of("examples/worksheets/support.yaml"));

  private static final String THREE_TIERS =
      """
      tiers:
        low: openai/gpt-5.6-luna
        balanced: openai/gpt-5.6-terra
        premium: openai/gpt-5.6-sol
      routes:
        - { workflow: s, step: a, requests: 1000, input_tokens: 1000, output_tokens: 100,
            chain: { tiers: [ { tier: low, rejected: 50% },
              { tier: balanced, rejected: 50% }, { tier: premium } ] } }
      """;

  @ParameterizedTest
  @CsvSource({
    "intent, 0.000145440, 0.000145440, 14.54400, 0.000145440",
    "faq, 0.001145664, 0.001157236, 63.01152, 0.061763297",
    "troubleshooting, 0.022268600, 0.023440632, 556.71500, 0.339230105",
    "policy_answer, 0.015262720, 0.015734763, 183.15264, 0.201301773",
    "escalation_summary, 0.002048280, 0.002048280, 16.38624, 0.002048280",
    "unresolved, 0.084240000, 0.099105882, 252.72000, 1.157929412"
  })
  void pricesEachStepOfTheSupportAssistant(
      String step, String perStarted, String perCompleted, String month) {
    var cost = route(SUPPORT.plan(), step);

    assertThat(nano(cost.perStartedUsd())).isEqualTo(perStarted);
    assertThat(nano(cost.perCompletedUsd())).isEqualTo(perCompleted);
    assertThat(cost.monthlyUsd()).isEqualByComparingTo(month);
  }

  @ParameterizedTest
  @CsvSource({
    "intent, 0.000145440",
    "faq, 0.061763297",
    "troubleshooting, 0.339230105",
    "policy_answer, 0.201301773",
    "escalation_summary, 0.002048280",
    "unresolved, 1.157929412"
  })
  void loadsEachStepWithThePeopleWhoStepIn(String step, String loaded) {
    assertThat(nano(route(SUPPORT.plan(), step).loadedPerCompletedUsd())).isEqualTo(loaded);
  }

  @Test
  void addsTheSupportAssistantUp() {
    var plan = SUPPORT.plan();
    var support = plan.workflows().getFirst();

    assertThat(plan.totalUsd()).isEqualByComparingTo("1086.5294");
    assertThat(nano(support.perStartedUsd())).isEqualTo("0.010865294");
    assertThat(nano(support.perCompletedUsd())).isEqualTo("0.011156478");
    assertThat(support.failedActions()).isEqualByComparingTo("2610");
    assertThat(plan.humanUsd()).isEqualByComparingTo("15660");
  }

  @Test
  void worksScenariosOut() {
    assertThat(scenario("all_premium").totalUsd()).isEqualByComparingTo("3430.226");
    assertThat(scenario("cached").totalUsd()).isEqualByComparingTo("740.760542");
  }

  @Test
  void saysWhatTheNumbersMean() {
    assertThat(Remarks.of(SUPPORT.plan()))
        .contains(
            "the fallback of support/faq at 8% is 44% of that route's cost; low pays until 90% of"
                + " calls fall back",
            "support/unresolved comes in 3% of the actions and takes 23% of the spend");
  }

  @Test
  void worksAChainOutToElevenDigits() {
    var cost = chained("fallback: openai/gpt-5.6-sol,");

    assertThat(cost.perStartedUsd()).isEqualByComparingTo("0.02492398400208");
    assertThat(cost.expected().completed()).isEqualByComparingTo("0.99695778135");
    assertThat(places(cost.perCompletedUsd(), 16)).isEqualTo("0.0250000395887677");
    assertThat(cost.expected().fallback()).isEqualByComparingTo("0.1001125");
    assertThat(cost.perStartedUsd()).isNotNull();
    var loaded = Objects.requireNonNull(cost.perStartedUsd()).add(cost.humanPerStartedUsd());
    assertThat(loaded).isEqualByComparingTo("0.04317729590208");
    var breakEven = Objects.requireNonNull(cost.expected().breakEven());
    assertThat(places(BigDecimal.ONE.subtract(breakEven.paysUntil()), 4)).isEqualTo("0.4149");
  }

  @Test
  void showsTheChainBesideTheAveragesThatARowStates() {
    var cost = chained("fallback: openai/gpt-5.6-sol, fallback_rate: 10%,");

    assertThat(cost.route().isChained()).isFalse();
    var whatIf = Objects.requireNonNull(cost.whatIf());
    assertThat(whatIf.perStartedUsd()).isEqualByComparingTo("0.02492398400208");
    assertThat(cost.expected().fallback()).isEqualByComparingTo("0.1");
  }

  @Test
  void countsTheCallsThatReachThePremiumTierAsTheThirdOfAChain() {
    var costing = Costing.of(Worksheets.of(THREE_TIERS), Worksheets.prices());

    var share = Costing.premiumShare(costing.workflows().getFirst(), costing.worksheet());
    assertThat(share).isEqualByComparingTo("0.25");
  }

  @Test
  void countsEveryTierAfterTheFirstAsTheFallbackOfAChain() {
    var costing = Costing.of(Worksheets.of(THREE_TIERS), Worksheets.prices());

    // 0.00032 on low, 0.5 x 0.0032 on balanced, 0.25 x 0.008 on premium; a call that starts on
    // balanced costs 0.0032 + 0.5 x 0.008.
    assertThat(Remarks.of(costing))
        .contains(
            "the fallback of s/a at 50% is 92% of that route's cost; low pays until 96% of calls"
                + " fall back");
  }

  @Test
  void countsAllEarlierTurnsInEachTurn() {
    var shape =
        Worksheets.of(
                """
                routes:
                  - { workflow: a, step: b, first: openai/gpt-5.6-terra, requests: 1, turns: 8,
                      input_tokens: { system: 1700, user: 300 }, output_tokens: 650 }
                """)
            .routes()
            .getFirst()
            .shape();

    assertThat(shape.usage().inputTotal()).isEqualTo(42_600);
    assertThat(shape.usage().output()).isEqualTo(5_200);
  }

  @Test
  void pricesCachedSegmentsByTheirHitRate() {
    var worksheet =
        Worksheets.of(
            """
            routes:
              - workflow: a
                step: b
                first: openai/gpt-5.6-terra
                requests: 1
                input_tokens:
                  { system: 1200, tools: 500, user: 300, documents: 2400, history: 1100 }
                output_tokens: 650
                cache: { segments: [system, tools], hits: 80% }
            """);

    assertThat(Costing.of(worksheet, Worksheets.prices()).totalUsd())
        .isEqualByComparingTo("0.016522");
  }

  private static RouteCost chained(String averages) {
    var text =
        """
        routes:
          - { workflow: a, step: b, first: openai/gpt-5.6-terra, %s requests: 1,
              input_tokens: 5500, output_tokens: 650, overhead: $0.000144,
              check: { model: openai/gpt-5.6-luna, input_tokens: 700, output_tokens: 30 },
              chain: { tiers: [
                { model: openai/gpt-5.6-terra, failed: 5%%, retries: 2, rejected: 10%% },
                { model: openai/gpt-5.6-sol, failed: 2%%, retries: 1, rejected: 3%% } ] } }
        human: { per_failure: $6 }
        """
            .formatted(averages);
    return Costing.of(Worksheets.of(text), Worksheets.prices()).routes().getFirst();
  }

  private static Costing scenario(String name) {
    return Objects.requireNonNull(SUPPORT.scenarios().get(name));
  }

  private static RouteCost route(Costing costing, String step) {
    return costing.routes().stream()
        .filter(cost -> cost.route().step().equals(step))
        .findFirst()
        .orElseThrow();
  }

  private static String nano(@Nullable BigDecimal usd) {
    return places(usd, 9);
  }

  private static String places(@Nullable BigDecimal usd, int places) {
    return Objects.requireNonNull(usd).setScale(places, RoundingMode.HALF_UP).toPlainString();
  }
}
