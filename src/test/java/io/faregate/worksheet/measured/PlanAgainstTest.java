package io.faregate.worksheet.measured;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.config.worksheet.Worksheets;
import io.faregate.money.Money;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.measured.Explained.Factor;
import io.faregate.worksheet.measured.PlanAgainst.Line;
import io.faregate.worksheet.measured.PlanAgainst.Stretch;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A plan beside what happened.
class PlanAgainstTest {
  private static final ModelId LUNA = new ModelId("openai", "gpt-5.6-luna");
  private static final ModelId TERRA = new ModelId("openai", "gpt-5.6-terra");
  private static final Costing PLAN =
      Costing.of(
          Worksheets.of(
              """
              routes:
                - { workflow: support, step: faq, first: openai/gpt-5.6-luna,
                    fallback: openai/gpt-5.6-terra, requests: 1000, input_tokens: 1800,
                    output_tokens: 220, fallback_rate: 10% }
                - { workflow: support, step: quiet, first: openai/gpt-5.6-luna, requests: 10,
                    input_tokens: 100, output_tokens: 10 }
              """),
          Worksheets.prices());

  @Test
  void findsNoDifferenceWhereThePlanCameTrue() {
    var line = faq(first(1000, 1800, 220, "0.624"), fallback(100, 1800, 220, "0.624"));

    assertThat(line.difference()).isEqualByComparingTo("0");
    assertThat(line.parts().values()).allSatisfy(part -> assertThat(part).isZero());
  }

  @Test
  void laysTwiceTheCallsToTheCalls() {
    var line = faq(first(2000, 1800, 220, "1.248"), fallback(200, 1800, 220, "1.248"));

    assertThat(line.difference()).isEqualByComparingTo("1.248");
    assertThat(line.parts().get(Factor.CALLS)).isEqualByComparingTo("1.248");
  }

  @Test
  void laysLongerInputsToTheInput() {
    // 1,000 tokens more for each of 1,000 calls at 0.2 dollars a million.
    var line = faq(first(1000, 2800, 220, "0.824"), fallback(100, 1800, 220, "0.624"));

    assertThat(line.difference()).isEqualByComparingTo("0.2");
    assertThat(line.parts().get(Factor.INPUT)).isEqualByComparingTo("0.2");
  }

  @Test
  void laysMoreFallbacksToTheFallbacks() {
    var line = faq(first(1000, 1800, 220, "0.624"), fallback(300, 1800, 220, "1.872"));

    assertThat(line.difference()).isEqualByComparingTo("1.248");
    assertThat(line.parts().get(Factor.FALLBACKS)).isEqualByComparingTo("1.248");
  }

  @Test
  void laysADearerPriceToThePrice() {
    var line = faq(first(1000, 1800, 220, "0.724"), fallback(100, 1800, 220, "0.624"));

    assertThat(line.parts().get(Factor.PRICE)).isEqualByComparingTo("0.1");
  }

  @Test
  void laysAttemptsThatNobodyPlannedToTheirKind() {
    var retries = attempts(AttemptKind.RETRY, LUNA, new Tokens(50, 1800, 220), "0.0312");
    var line = faq(first(1000, 1800, 220, "0.624"), retries, fallback(100, 1800, 220, "0.624"));

    assertThat(line.parts().get(Factor.RETRIES)).isEqualByComparingTo("0.0312");
    assertThat(line.difference()).isEqualByComparingTo("0.0312");
  }

  @Test
  void addsUpExactlyWhateverHappened() {
    Seeds.each(
        200,
        chance -> {
          var attempts = new ArrayList<Measured.Attempts>();
          for (var kind : AttemptKind.values()) {
            if (kind == AttemptKind.FIRST || chance.nextBoolean()) {
              attempts.add(
                  attempts(
                      kind,
                      chance.nextBoolean() ? LUNA : TERRA,
                      new Tokens(
                          1 + chance.nextInt(5000), chance.nextInt(9000), chance.nextInt(900)),
                      Double.toString(chance.nextInt(10_000) / 1000.0)));
            }
          }
          var line = faq(1 + chance.nextInt(3000), attempts);
          var sum = line.parts().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);

          assertThat(sum).isEqualByComparingTo(Objects.requireNonNull(line.difference()));
        });
  }

  @Test
  void saysWhatWasNotPlannedAndWhatDidNotCome() {
    var stray =
        new Measured(new Place("support", "stray"), 7, 0, List.of(first(7, 10, 10, "0.01")));
    var against = against(List.of(stray));

    assertThat(against.remarks())
        .contains(
            "support/faq was planned and had no call",
            "support/stray has calls and was not planned: add a row, or name the work of its"
                + " calls");
    assertThat(against.total().actual()).isEqualByComparingTo("0.01");
    assertThat(against.total().planned()).isEqualByComparingTo(PLAN.totalUsd());
  }

  @Test
  void tellsCallsThatNeverEndedFromNone() {
    var faq = new Measured(new Place("support", "faq"), 0, 0, List.of(first(3, 10, 10, "0.01")));

    assertThat(against(List.of(faq)).remarks())
        .contains(
            "support/faq was planned and had no call that ended",
            "support/quiet was planned and had no call");
  }

  @Test
  void countsEachTurnOfAConversationAsTheCallThatItIs() {
    var plan =
        Costing.of(
            Worksheets.of(
                """
                routes:
                  - { workflow: support, step: talk, first: openai/gpt-5.6-luna, requests: 10,
                      turns: 2, input_tokens: 100, output_tokens: 10, retry_rate: 10% }
                """),
            Worksheets.prices());
    // The second turn sends the first again: 100 + 210 tokens in.
    var attempts =
        List.of(
            first(20, 155, 10, "0.00086"),
            attempts(AttemptKind.RETRY, LUNA, new Tokens(2, 155, 10), "0.000086"));
    var talk = new Measured(new Place("support", "talk"), 20, 0, attempts);

    var line = against(plan, List.of(talk)).lines().getFirst();

    assertThat(line.plannedCalls()).isEqualByComparingTo("20");
    assertThat(line.difference()).isEqualByComparingTo("0");
    assertThat(line.parts().values()).allSatisfy(part -> assertThat(part).isZero());
  }

  @Test
  void takesADashForCallsOfNoWorkflow() {
    var plan =
        Costing.of(
            Worksheets.of(
                """
                routes:
                  - { workflow: "-", step: "-", first: openai/gpt-5.6-luna, requests: 10,
                      input_tokens: 100, output_tokens: 10 }
                """),
            Worksheets.prices());
    var unnamed = new Measured(new Place(null, null), 1, 0, List.of(first(1, 10, 10, "0.01")));

    assertThat(against(plan, List.of(unnamed)).lines())
        .singleElement()
        .matches(line -> line.isPlanned() && line.calls() == 1);
  }

  @Test
  void dropsNoCallsOfNoWorkflowBesideOnesThatAreNamedAlike() {
    var attempts = List.of(first(1, 10, 10, "0.01"));
    var unnamed = new Measured(new Place(null, null), 1, 0, attempts);
    var dashes = new Measured(new Place("-", "-"), 1, 0, attempts);

    assertThat(against(List.of(unnamed, dashes)).total().actual()).isEqualByComparingTo("0.02");
  }

  private static Line faq(Measured.Attempts... attempts) {
    return faq((int) attempts[0].count(), List.of(attempts));
  }

  private static Line faq(int calls, List<Measured.Attempts> attempts) {
    return against(List.of(new Measured(new Place("support", "faq"), calls, 0, attempts)))
        .lines()
        .getFirst();
  }

  private static PlanAgainst against(List<Measured> routes) {
    return against(PLAN, routes);
  }

  private static PlanAgainst against(Costing plan, List<Measured> routes) {
    var span = new Stretch(Instant.EPOCH, Instant.EPOCH.plusSeconds(30L * 86_400));
    return PlanAgainst.of(plan, routes, span, BigDecimal.ONE);
  }

  /// How many attempts, and the tokens of one.
  private record Tokens(long count, long input, long output) {}

  private static Measured.Attempts first(long count, long input, long output, String usd) {
    return attempts(AttemptKind.FIRST, LUNA, new Tokens(count, input, output), usd);
  }

  private static Measured.Attempts fallback(long count, long input, long output, String usd) {
    return attempts(AttemptKind.FALLBACK, TERRA, new Tokens(count, input, output), usd);
  }

  /// @param usd of all of them
  private static Measured.Attempts attempts(
      AttemptKind kind, ModelId model, Tokens tokens, String usd) {
    return new Measured.Attempts(
        kind,
        model.name(),
        model,
        ServiceTier.STANDARD,
        tokens.count(),
        Usage.of(tokens.count() * tokens.input(), tokens.count() * tokens.output()),
        Segments.NONE,
        Money.parse(usd).nanoUsd(),
        0,
        0);
  }
}
