package io.faregate.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Reason;
import io.faregate.policy.Decision;
import io.faregate.policy.Refusal;
import io.faregate.policy.Snapshot;
import io.faregate.policy.TokenScale;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteDocumentTest {
  private static final Snapshot SNAPSHOT = new Snapshot(RouteText.DAY, TokenScale.UNLEARNED);

  @Test
  void showsTheLimitsThatItIsGiven() {
    var policy = new RandomPolicy(new Random(1)).policy();
    var limits = List.of(Map.of("limit", "daily_spend", "scope", "tier:low"));

    assertThat(RouteDocument.of(policy, spent(), SNAPSHOT, limits)).containsEntry("limits", limits);
    assertThat(RouteDocument.of(policy, spent(), SNAPSHOT)).containsEntry("limits", List.of());
  }

  @Test
  void saysWhichLimitRefusesACallAndWhenItResets() {
    var policy = new RandomPolicy(new Random(1)).policy();

    assertThat(RouteDocument.of(policy, spent(), SNAPSHOT).get("refusal"))
        .isEqualTo(
            Map.of(
                "status", 402,
                "code", "faregate_budget_exceeded",
                "reason", "key_budget",
                "limit", "daily_budget",
                "resets_at", "2026-08-02T00:00:00Z",
                "message", "nothing is left"));
  }

  @Test
  void saysOfARefusedCallWhatItSaysOfADecidedOne() {
    var random = new RandomPolicy(new Random(1));
    var policy = random.policy();
    var decided =
        Stream.generate(() -> Router.decide(policy, random.call(policy), SNAPSHOT))
            .filter(Decision.class::isInstance)
            .findFirst()
            .orElseThrow();

    assertThat(RouteDocument.of(policy, spent(), SNAPSHOT).keySet())
        .containsExactlyElementsOf(RouteDocument.of(policy, decided, SNAPSHOT).keySet());
  }

  private static Refusal spent() {
    return new Refusal(
        Refusal.Kind.BUDGET_EXCEEDED,
        null,
        Reason.KEY_BUDGET,
        "nothing is left",
        "daily_budget",
        Instant.parse("2026-08-02T00:00:00Z"),
        List.of());
  }
}
