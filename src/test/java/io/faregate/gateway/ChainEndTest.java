package io.faregate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.AttemptKind;
import io.faregate.call.Call;
import io.faregate.call.Reason;
import io.faregate.call.Rung;
import io.faregate.dialect.Body;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.route.RandomPolicy;
import io.faregate.policy.route.Router;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// No policy makes a call go round in circles, or on for ever.
class ChainEndTest {
  private static final Dialect DIALECT = new OpenAiChat();
  private static final Body BODY =
      DIALECT.read(
          "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
              .getBytes(StandardCharsets.UTF_8));
  private static final List<Reason> FAILURES =
      List.of(Reason.PROVIDER_ERROR, Reason.RATE_LIMITED, Reason.TIMEOUT, Reason.FAILED_VALIDATION);

  @Test
  void endsEveryChainWithinItsAttemptsAndFallbacks() {
    everyFailingCall((policy, tried) -> {
      assertThat(tried).hasSizeLessThanOrEqualTo(policy.limits().attemptsPerCall());
      assertThat(tried.stream().filter(rung -> rung.kind() == AttemptKind.FALLBACK))
          .hasSizeLessThanOrEqualTo(policy.limits().fallbacksPerCall());
    });
  }

  @Test
  void neverComesBackToATier() {
    everyFailingCall((_, tried) -> {
      var visits = new ArrayList<String>();
      for (var rung : tried) {
        if (visits.isEmpty() || !visits.getLast().equals(rung.tier())) {
          visits.add(rung.tier());
        }
      }
      assertThat(visits).doesNotHaveDuplicates();
    });
  }

  private static void everyFailingCall(Outcome outcome) {
    Seeds.each(
        1_000,
        chance -> {
          var random = new RandomPolicy(chance);
          var policy = random.policy();
          var call = random.call(policy);
          var routing = Router.decide(policy, call, random.snapshot(policy));
          if (routing instanceof Decision decision) {
            outcome.holds(policy, tried(call, policy, decision, chance));
          }
        });
  }

  /// The rungs that a call tries of which every attempt fails, each for some reason.
  private static List<Rung> tried(Call call, Policy policy, Decision decision, Random chance) {
    var arrival = new Arrival(call, BODY, DIALECT, List.of(), null, 0, null, 0);
    var exchange = new Exchange(arrival, new DeafClient(), policy, decision);
    var tried = new ArrayList<Rung>();
    var rung = Optional.of(exchange.first());
    while (rung.isPresent() && tried.size() < 100) {
      exchange.begin(rung.get(), 0);
      tried.add(rung.get());
      rung =
          chance.nextInt(4) == 0
              ? exchange.larger()
              : exchange.next(FAILURES.get(chance.nextInt(FAILURES.size())));
    }
    return tried;
  }

  /// Something that is so of the rungs that a call has tried.
  private interface Outcome {
    void holds(Policy policy, List<Rung> tried);
  }

  /// A client that is told nothing, since nothing is sent.
  private static final class DeafClient implements Reply {
    @Override
    public void whole(int status, List<Header> headers, byte[] body) {}

    @Override
    public void begin(int status, List<Header> headers) {}

    @Override
    public boolean piece(byte[] bytes) {
      return true;
    }

    @Override
    public void end() {}

    @Override
    public void breakOff(byte[] last) {}

    @Override
    public void whenReady(Runnable action) {}

    @Override
    public void whenGone(Runnable action) {}
  }
}
