package io.faregate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private final RetryBudget budget = new RetryBudget();

  @Test
  void grantsTenASecondOverTenSecondsWithoutAnyTraffic() {
    assertThat(granted("alpha", 150, 0)).isEqualTo(100);
    assertThat(granted("alpha", 150, 10 * SECOND)).isZero();
    assertThat(granted("alpha", 150, 11 * SECOND)).isEqualTo(100);
  }

  @Test
  void grantsAFifthOfTheFirstAttemptsBesides() {
    for (int i = 0; i < 1_004; i++) {
      budget.first("alpha", i);
    }

    assertThat(budget.left("alpha", SECOND)).isEqualTo(300);
    assertThat(granted("alpha", 500, SECOND)).isEqualTo(300);
    assertThat(budget.left("alpha", SECOND)).isZero();
  }

  @Test
  void keepsProvidersApart() {
    assertThat(granted("alpha", 150, 0)).isEqualTo(100);

    assertThat(budget.mayRetry("beta", 0)).isTrue();
  }

  @Test
  void neverMultipliesAnOutage() {
    Seeds.each(100, random -> everythingFails(random));
  }

  @Test
  void grantsNoMoreToManyLoopsThanToOne() throws Exception {
    try (var loops = Executors.newFixedThreadPool(8)) {
      Callable<Integer> loop =
          () -> {
            for (int i = 0; i < 500; i++) {
              budget.first("alpha", 0);
            }
            return granted("alpha", 400, 0);
          };
      var total = 0;
      for (var answer : loops.invokeAll(Collections.nCopies(8, loop))) {
        total += answer.get();
      }

      assertThat(total + budget.left("alpha", 0)).isEqualTo(100 + 8 * 500 / 5);
    }
  }

  /// Every first attempt fails and is tried twice more if it may be. At each retry, those of the
  /// ten seconds behind it are no more than a fifth of the first attempts of the same time and ten
  /// a second.
  private static void everythingFails(Random random) {
    var budget = new RetryBudget();
    var firsts = new ArrayDeque<Long>();
    var retries = new ArrayDeque<Long>();
    var mean = 1 + random.nextInt(50_000_000);
    var now = random.nextLong() / 4;
    for (int call = 0; call < 4_000; call++) {
      now += random.nextInt(20) == 0 ? random.nextLong(3 * SECOND) : random.nextInt(2 * mean);
      budget.first("alpha", now);
      firsts.add(now);
      for (int again = 0; again < 2 && budget.mayRetry("alpha", now); again++) {
        retries.add(now);
        keepTenSeconds(firsts, now);
        keepTenSeconds(retries, now);
        assertThat(retries.size()).isLessThanOrEqualTo(firsts.size() / 5 + 100);
      }
    }
  }

  private static void keepTenSeconds(ArrayDeque<Long> times, long now) {
    while (now - times.getFirst() > 10 * SECOND) {
      times.removeFirst();
    }
  }

  private int granted(String provider, int asked, long now) {
    var granted = 0;
    for (int i = 0; i < asked; i++) {
      granted += budget.mayRetry(provider, now) ? 1 : 0;
    }
    return granted;
  }
}
