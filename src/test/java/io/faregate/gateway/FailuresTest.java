package io.faregate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Reason;
import io.faregate.policy.Refusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final Refusal SPENT =
      new Refusal(
          Refusal.Kind.BUDGET_EXCEEDED,
          null,
          Reason.WORKFLOW_BUDGET,
          "the monthly budget of support is used up",
          "monthly_budget",
          Instant.parse("2026-09-01T00:00:00Z"),
          List.of());

  @Test
  void saysToAClientThatARetryIsInVain() {
    var failure = Failures.of(SPENT);

    assertThat(failure.status()).isEqualTo(402);
    assertThat(failure.type()).isEqualTo("insufficient_quota");
    assertThat(AnswerHeaders.of(failure))
        .containsExactly(
            new Header("x-faregate-error", "faregate_budget_exceeded"),
            new Header("x-should-retry", "false"),
            new Header("x-faregate-limit", "monthly_budget"),
            new Header("x-faregate-limit-resets-at", "2026-09-01T00:00:00Z"));
  }

  @Test
  void keepsTheLimitBesideTheIdOfTheCall() {
    var failure = Failures.of(SPENT);

    assertThat(failure.ofCall("call_1").reached()).isEqualTo(failure.reached());
  }

  @Test
  void namesNoLimitWhereNobodyKnowsThePrice() {
    var unpriced =
        new Refusal(
            Refusal.Kind.UNPRICED_MODEL, null, Reason.UNPRICED, "no price", null, null, List.of());

    assertThat(AnswerHeaders.of(Failures.of(unpriced)))
        .containsExactly(
            new Header("x-faregate-error", "faregate_unpriced_model"),
            new Header("x-should-retry", "false"));
  }
}
