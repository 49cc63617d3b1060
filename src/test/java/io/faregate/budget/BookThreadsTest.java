package io.faregate.budget;

import static io.faregate.budget.Bids.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.policy.Limits.Budgets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BookThreadsTest {
  private static final int THREADS = 16;
  private static final int CALLS = 20_000;
  private static final long LIMIT_NANO_USD = 1_000_000_000;
  private static final long HOLD_NANO_USD = 10_000_000;
  private static final Spender SPENDER = new Spender("web", "support", "low");

  @Test
  void spendsALimitToItsEndAndNeverBeyond() throws Exception {
    var book = book();

    run(thread -> calls(book, thread));

    var state = total(book);
    assertThat(state.heldNanoUsd()).isZero();
    assertThat(state.spentNanoUsd()).isBetween(LIMIT_NANO_USD * 98 / 100, LIMIT_NANO_USD);
  }

  @Test
  void admitsNoMoreFirstCallsAtOnceThanFit() throws Exception {
    var book = book();

    run(thread -> {
      for (int i = 0; i < 64; i++) {
        var _ = book.hold(Bids.bid(thread + "-" + i, SPENDER, HOLD_NANO_USD * 3));
      }
    });

    assertThat(total(book).heldNanoUsd()).isEqualTo(33 * 3 * HOLD_NANO_USD);
  }

  @Test
  void losesNoHoldAndNoCostAmongManyThreads() throws Exception {
    var book = book();

    run(thread -> {
      for (int i = 0; i < CALLS; i++) {
        var call = thread + "-" + i;
        assertThat(book.hold(Bids.bid(call, SPENDER, 1))).isInstanceOf(Hold.Held.class);
        assertThat(book.settle(call, 1, 1, 0)).isPresent();
      }
    });

    assertThat(total(book).heldNanoUsd()).isZero();
    assertThat(total(book).spentNanoUsd()).isEqualTo((long) THREADS * CALLS);
  }

  /// Keeps up to three attempts in flight, as a caller with slow answers does.
  private static void calls(Book book, int thread) {
    var chance = new Random(thread);
    var open = new ArrayDeque<String>();
    for (int i = 0; i < CALLS / THREADS; i++) {
      var call = thread + "-" + i;
      var hold = book.hold(Bids.bid(call, SPENDER, HOLD_NANO_USD));
      if (hold instanceof Hold.Held) {
        open.add(call);
      } else {
        assertRefusedForWant(hold);
      }
      assertThat(total(book).usedNanoUsd()).isLessThanOrEqualTo(LIMIT_NANO_USD);
      if (open.size() == 3 || (hold instanceof Hold.Refused && !open.isEmpty())) {
        settle(book, open.remove(), chance);
      }
    }
    open.forEach(call -> settle(book, call, chance));
  }

  private static void assertRefusedForWant(Hold hold) {
    assertThat(hold)
        .isInstanceOfSatisfying(
            Hold.Refused.class,
            refused ->
                assertThat(refused.barrier())
                    .isInstanceOfSatisfying(
                        Hold.TooLittle.class,
                        barrier ->
                            assertThat(barrier.limit().freeNanoUsd()).isLessThan(HOLD_NANO_USD)));
  }

  private static void settle(Book book, String call, Random chance) {
    var cost = chance.nextLong(HOLD_NANO_USD / 10, HOLD_NANO_USD + 1);
    var expected = new Resolution(cost, 0, 0);
    assertThat(book.settle(call, 1, cost, 0)).contains(expected);
    assertThat(book.settle(call, 1, cost, 0)).contains(expected);
    assertThat(book.ended(call, false)).isNull();
  }

  private interface Work {
    void run(int thread);
  }

  private static void run(Work work) throws Exception {
    var start = new CyclicBarrier(THREADS);
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var tasks = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < THREADS; i++) {
        var thread = i;
        tasks.add(() -> {
          assertThat(start.await()).isNotNegative();
          work.run(thread);
          return thread;
        });
      }
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isNotNegative();
      }
    }
  }

  private static LimitState total(Book book) {
    return book.limits(NOON).stream()
        .filter(state -> state.limit().equals(Limit.ofAll(Period.DAY)))
        .findFirst()
        .orElseThrow();
  }

  private static Book book() {
    var policy = new LimitedPolicy();
    policy.tier("low", null);
    policy.total(new Budgets(LIMIT_NANO_USD, null));
    policy.workflow("support", Budgets.NONE);
    policy.key("web", Budgets.NONE);
    return new Book(policy.policy(), NOON);
  }
}
