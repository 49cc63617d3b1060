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
import io.faregate.policy.TokenScale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final Snapshot SNAPSHOT = new Snapshot(RouteText.DAY, TokenScale.UNLEARNED);

  @ParameterizedTest
  @ValueSource(strings = {"names", "tiers", "context", "pins"})
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

          assertThat(Router.decide(policy, call, SNAPSHOT))
              .isEqualTo(Router.decide(policy, call, SNAPSHOT));
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
        assertThat(policy.served()).contains(rung.model().provider());
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
          if (Router.decide(policy, call, SNAPSHOT) instanceof Decision decision) {
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

  /// Something that is so of every decision.
  private interface Property {
    void holds(Policy policy, Call call, Decision decision);
  }
}
