package io.faregate.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.CallId;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ResolvedTest {
  private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

  private final Resolved resolved = new Resolved();

  private static Resolution cost(long nanoUsd) {
    return new Resolution(nanoUsd, nanoUsd + 1, nanoUsd + 2);
  }

  @Test
  void tellsEveryAttemptOfCallsOfOneMomentApart() {
    var seed = new Random().nextLong();
    var chance = new Random(seed);
    var calls = Stream.generate(() -> CallId.next(NOON, chance)).limit(1_000).toList();
    for (int i = 0; i < calls.size(); i++) {
      for (int attempt = 1; attempt <= 3; attempt++) {
        resolved.add(calls.get(i), attempt, cost(10L * i + attempt));
      }
    }

    for (int i = 0; i < calls.size(); i++) {
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(resolved.find(calls.get(i), attempt))
            .as("seed %d", seed)
            .contains(cost(10L * i + attempt));
      }
      assertThat(resolved.find(calls.get(i), 4)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void knowsTheLastOfSeveralResolutions() {
    resolved.add("call_1", 1, cost(1));
    resolved.add("call_1", 1, cost(2));

    assertThat(resolved.find("call_1", 1)).contains(cost(2));
  }
}
