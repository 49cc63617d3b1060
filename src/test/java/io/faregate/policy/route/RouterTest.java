package io.faregate.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.Seeds;
import io.faregate.call.AttemptKind;
import io.faregate.call.Call;
import io.faregate.call.Rung;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"names", "tiers", "context", "pins", "limits", "health", "rows", "affinity"})
  void decidesTheGoldenCases(String name) {
    Golden.checkTable(Path.of("src/test/golden/route", name + ".txt"), new RouteText()::answer);
  }

  @Test
  void givesTheSameAnswerToTheSameQuestion() {
    Seeds.each(
        500,
        chance -> {
          var random = new RandomPolicy(chance);
          var policy = random.policy();
          var call = random.call(policy);
          var snapshot = random.snapshot(policy);

          assertThat(Router.decide(policy, call, snapshot))
              .isEqualTo(Router.decide(policy, call, snapshot));
        });
  }

  @Test
  void neverTriesATierThatThePlanLacks() {
    everyDecision((_, _, decision) -> {
      var plan = decision.assignment().plan();
      assertThat(plan.tiers()).containsAll(tiers(decision));
    });
  }

  @Test
  void neverUsesAnUnjustifiedTier() {
    everyDecision((_, call, decision) -> {
      if (call.work().justification() == null) {
        assertThat(tiers(decision)).noneMatch(decision.assignment().plan().justify()::contains);
      }
    });
  }

  @Test
  void beginsWithAFirstAttemptAndOnlyWithOne() {
    everyDecision((_, _, decision) -> {
      assertThat(decision.chain().getFirst().kind()).isEqualTo(AttemptKind.FIRST);
      assertThat(decision.chain().stream().filter(rung -> rung.kind() == AttemptKind.FIRST))
          .hasSize(1);
    });
  }

  @Test
  void visitsATierOnceAndWithTheRetriesOfTheTask() {
    everyDecision((_, _, decision) -> {
      var blocks = blocks(decision);
      assertThat(blocks).doesNotHaveDuplicates();
      assertThat(decision.chain())
          .hasSize(blocks.size() * (1 + decision.assignment().row().retries()));
    });
  }

  @Test
  void keepsTheOrderOfFallbacks() {
    everyDecision((_, _, decision) -> {
      var blocks = blocks(decision);
      var fallbacks = blocks.subList(1, blocks.size());
      assertThat(decision.assignment().row().fallback().stream().distinct())
          .filteredOn(fallbacks::contains)
          .isEqualTo(fallbacks);
    });
  }

  @Test
  void hasAReasonForEachRungThatIsNotTheFirstTier() {
    everyDecision((_, _, decision) -> {
      for (var rung : decision.chain()) {
        if (rung.kind() != AttemptKind.FIRST) {
          assertThat(rung.reason()).isNotNull();
        }
      }
      if (!decision.tier().equals(decision.firstTier())) {
        assertThat(decision.reasons()).isNotEmpty();
        assertThat(decision.chain().getFirst().reason()).isEqualTo(decision.reasons().getLast());
      }
    });
  }

  @Test
  void usesOnlyModelsThatTheKeyMayUseAndThatCanDoTheCall() {
    everyDecision((policy, call, decision) -> {
      for (var rung : decision.chain()) {
        var allowed = call.caller().models();
        assertThat(allowed.isEmpty() || allowed.contains(rung.model())).isTrue();
        assertThat(policy.model(rung.model()).can(call.demand().needs())).isTrue();
        var protocol = call.demand().protocol();
        assertThat(policy.carries(protocol, rung.model().provider())).isTrue();
      }
    });
  }

  @Test
  void neverTriesALimitedTier() {
    everyMoment((_, snapshot, decision) ->
        assertThat(tiers(decision)).noneMatch(snapshot.limited()::containsKey));
  }

  @Test
  void triesAnUnhealthyModelOnlyWhereItIsTheOnlyOne() {
    everyMoment((_, snapshot, decision) -> {
      var models = decision.chain().stream().map(Rung::model).distinct().toList();
      if (models.stream().anyMatch(snapshot.unhealthy()::contains)) {
        assertThat(models).hasSize(1);
      }
    });
  }

  @Test
  void neverTriesAModelWithoutAPriceOnATierWithASpendLimit() {
    everyMoment((policy, _, decision) ->
        assertThat(tiers(decision)).noneMatch(policy.limits().dailySpendNanoUsd()::containsKey));
  }

  @Test
  void neverMovesAPin() {
    everyMoment((policy, _, decision) -> {
      var pin = decision.assignment().pin();
      if (pin != null) {
        var tier = policy.tierOf(pin).orElse(policy.top()).name();
        assertThat(decision.chain()).allMatch(rung -> rung.model().equals(pin));
        assertThat(tiers(decision)).containsOnly(tier);
      }
    });
  }

  @Test
  void endsAfterAsManyRefusalsOfTheBookAsThereAreTiers() {
    Seeds.each(
        1_000,
        chance -> {
          var random = new RandomPolicy(chance);
          var policy = random.policy();
          var call = random.call(policy);
          var snapshot = random.snapshot(policy);
          int refusals = 0;
          while (Router.decide(policy, call, snapshot) instanceof Decision decision) {
            snapshot = snapshot.withLimited(decision.tier(), RandomPolicy.SPENT);
            assertThat(++refusals).isLessThanOrEqualTo(policy.tiers().size());
          }
        });
  }

  private static void everyMoment(Moment moment) {
    Seeds.each(
        1_000,
        chance -> {
          var random = new RandomPolicy(chance);
          var policy = random.policy();
          var snapshot = random.snapshot(policy);
          if (Router.decide(policy, random.call(policy), snapshot) instanceof Decision decision) {
            moment.holds(policy, snapshot, decision);
          }
        });
  }

  /// Also shows that a decision never throws: every call is decided or refused.
  private static void everyDecision(Property property) {
    Seeds.each(
        1_000,
        chance -> {
          var random = new RandomPolicy(chance);
          var policy = random.policy();
          var call = random.call(policy);
          if (Router.decide(policy, call, random.snapshot(policy)) instanceof Decision decision) {
            property.holds(policy, call, decision);
          }
        });
  }

  private static List<String> tiers(Decision decision) {
    return decision.chain().stream().map(Rung::tier).toList();
  }

  /// The tiers of a chain without the repetitions that retries make.
  private static List<String> blocks(Decision decision) {
    var blocks = new ArrayList<String>();
    for (var rung : decision.chain()) {
      if (rung.kind() != AttemptKind.RETRY) {
        blocks.add(rung.tier());
      }
    }
    return blocks;
  }

  /// Something that is so of every decision at every moment.
  private interface Moment {
    void holds(Policy policy, Snapshot snapshot, Decision decision);
  }

  /// Something that is so of every decision.
  private interface Property {
    void holds(Policy policy, Call call, Decision decision);
  }
}
