package io.faregate.gateway.health;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.Seeds;
import io.faregate.Words;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.dialect.ProviderError;
import io.faregate.gateway.health.HealthState.Standing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final ModelId MODEL = ModelId.parse("p/model");
  private static final ModelId OTHER = ModelId.parse("p/other");
  private static final Sign FAILED = new Sign.Failed("status 503");
  private static final Instant NOW = Instant.parse("2026-08-21T12:00:00Z");

  private Health health = new Health();

  @Test
  void passesAModelOverUntilItAnswersAgain() {
    Golden.checkTable(Path.of("src/test/golden/health/breaker.txt"), this::answer);
  }

  @Test
  void asksForNothingWhileAllIsWell() {
    health.end(MODEL, new Sign.Served(), 0, 1);

    assertThat(health.unhealthy(2)).isEmpty();
    assertThat(health.unhealthy(2)).isSameAs(health.unhealthy(3));
  }

  @Test
  void knowsWhatAnEndSays() {
    assertThat(Sign.of(Ending.ANSWERED, 200, null, null)).isEqualTo(new Sign.Served());
    assertThat(Sign.of(Ending.ANSWERED, 200, ProviderError.PASSING, null))
        .isInstanceOf(Sign.Failed.class);
    assertThat(Sign.of(Ending.REFUSED, 400, ProviderError.CLIENTS, null))
        .isEqualTo(new Sign.Served());
    assertThat(Sign.of(Ending.REFUSED, 400, ProviderError.CONTEXT_LENGTH, null))
        .isEqualTo(new Sign.Served());
    assertThat(Sign.of(Ending.REFUSED, 401, ProviderError.OURS, null))
        .isEqualTo(new Sign.Failed("status 401, ours to mend"));
    assertThat(Sign.of(Ending.REFUSED, 503, ProviderError.PASSING, null))
        .isEqualTo(new Sign.Failed("status 503"));
    assertThat(Sign.of(Ending.REFUSED, 429, ProviderError.RATE_LIMITED, Duration.ofSeconds(3)))
        .isEqualTo(new Sign.Limited(Duration.ofSeconds(3)));
    assertThat(Sign.of(Ending.REFUSED_BILLED, 400, ProviderError.FILTERED, null))
        .isEqualTo(new Sign.Served());
    assertThat(Sign.of(Ending.CUT, 400, ProviderError.CLIENTS, null)).isEqualTo(new Sign.Served());
    assertThat(Sign.of(Ending.CUT, 429, ProviderError.RATE_LIMITED, null))
        .isEqualTo(new Sign.Limited(null));
    assertThat(Sign.of(Ending.CUT, 500, ProviderError.PASSING, null))
        .isEqualTo(new Sign.Failed("answer cut off"));
    assertThat(Sign.of(Ending.ABANDONED, 200, null, null)).isEqualTo(new Sign.Nothing());
    assertThat(Stream.of(Ending.CUT, Ending.LOST, Ending.UNSENT))
        .allSatisfy(
            ending -> assertThat(Sign.of(ending, 0, null, null)).isInstanceOf(Sign.Failed.class));
  }

  @Test
  void keepsModelsApartAndTellsHowEachStands() {
    fail(5, 0);
    health.end(OTHER, new Sign.Served(), 0, 0);

    assertThat(health.unhealthy(nanos(2))).containsExactly(MODEL);
    assertThat(health.states(nanos(2), NOW))
        .containsExactly(
            new HealthState(
                MODEL, Standing.OPEN, NOW.minusSeconds(2), NOW.plusSeconds(3), "status 503", 5),
            new HealthState(OTHER, Standing.CLOSED, NOW.minusSeconds(2), null, null, 0));
    assertThat(health.states(nanos(6), NOW).getFirst())
        .isEqualTo(
            new HealthState(MODEL, Standing.HALF_OPEN, NOW.minusSeconds(1), null, "status 503", 5));
  }

  @Test
  void forgetsTheModelsThatANewPolicyLacks() {
    fail(5, 0);
    health.end(OTHER, FAILED, 0, 0);

    health.keep(List.of(OTHER));

    assertThat(health.unhealthy(1)).isEmpty();
    assertThat(health.states(1, NOW)).extracting(HealthState::model).containsExactly(OTHER);
  }

  @Test
  void remembersAtMostSoManyModels() {
    fail(5, 0);
    for (int i = 0; i < Health.MOST_MODELS; i++) {
      health.end(new ModelId("p", "m" + i), new Sign.Served(), 0, 0);
    }

    assertThat(health.states(1, NOW)).hasSize(Health.MOST_MODELS);
    assertThat(health.unhealthy(1)).isEmpty();
  }

  @Test
  void countsFromAnyOriginOfTime() {
    for (var origin : new long[] {Long.MIN_VALUE / 2, -1, Long.MAX_VALUE - 1}) {
      health = new Health();
      fail(5, origin);

      assertThat(health.unhealthy(origin + nanos(4.9))).containsExactly(MODEL);
      assertThat(health.unhealthy(origin + nanos(5))).isEmpty();
    }
  }

  @Test
  void neverLetsTwoTrialsRunAtOnce() {
    Seeds.each(
        200,
        random -> {
          health = new Health();
          var trials = new ArrayList<Long>();
          long now = 0;
          for (int i = 0; i < 300; i++) {
            now += random.nextInt(3_000_000) * 1_000L;
            var half = standing(now) == Standing.HALF_OPEN;
            if (health.begin(MODEL, now) && half) {
              var at = now;
              assertThat(trials).allSatisfy(sent -> assertThat(at - sent).isGreaterThan(nanos(29)));
              trials.add(now);
            } else if (half) {
              var sent = trials.getLast();
              health.end(MODEL, random.nextInt(4) == 0 ? new Sign.Served() : FAILED, sent, now);
              trials.clear();
            } else {
              health.end(MODEL, FAILED, now, now);
            }
          }
        });
  }

  @Test
  void givesOneOfManyLoopsTheTrial() throws Exception {
    fail(5, 0);
    try (var loops = Executors.newFixedThreadPool(8)) {
      for (int round = 1; round <= 50; round++) {
        var now = SECONDS.toNanos(1_000L * round);
        Callable<Boolean> begin = () -> health.begin(MODEL, now);
        var begun = 0;
        for (var answer : loops.invokeAll(Collections.nCopies(8, begin))) {
          begun += answer.get() ? 1 : 0;
        }

        assertThat(begun).isEqualTo(1);
        health.end(MODEL, FAILED, now, now);
      }
    }
  }

  private String answer(String line) {
    var words = Words.of(line);
    if (words.kind().equals("fresh")) {
      health = new Health();
      return "";
    }
    var now = nanos(words.kind());
    var begun = "";
    for (long i = 0; i < words.number("times", 1); i++) {
      begun = step(words, now);
    }
    var state = health.states(now, NOW).getFirst();
    var until = state.until();
    var left = until == null ? null : Duration.between(NOW, until);
    return state.standing().word()
        + (left == null ? "" : " " + seconds(left) + " s")
        + (state.consecutiveFailures() == 0 ? "" : ", failed " + state.consecutiveFailures())
        + (health.unhealthy(now).isEmpty() ? "" : ", passed over")
        + begun;
  }

  private String step(Words words, long now) {
    var verb = words.rest().getFirst();
    if (verb.equals("look")) {
      return "";
    }
    if (verb.equals("begin")) {
      return health.begin(MODEL, now) ? ", let through" : ", held back";
    }
    var after = words.number("after");
    var sign =
        switch (verb) {
          case "fail" -> FAILED;
          case "served" -> new Sign.Served();
          case "limited" -> new Sign.Limited(after == null ? null : Duration.ofSeconds(after));
          default -> new Sign.Nothing();
        };
    health.end(MODEL, sign, nanos(words.text("sent", words.kind())), now);
    return "";
  }

  private void fail(int times, long now) {
    for (int i = 0; i < times; i++) {
      health.end(MODEL, FAILED, now, now);
    }
  }

  private Standing standing(long now) {
    return health.states(now, NOW).stream()
        .findFirst()
        .map(HealthState::standing)
        .orElse(Standing.CLOSED);
  }

  private static String seconds(Duration left) {
    return BigDecimal.valueOf(left.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static long nanos(String seconds) {
    return new BigDecimal(seconds).movePointRight(9).longValueExact();
  }

  private static long nanos(double seconds) {
    return (long) (seconds * SECONDS.toNanos(1));
  }
}
