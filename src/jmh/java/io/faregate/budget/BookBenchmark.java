package io.faregate.budget;

import static io.faregate.budget.Bids.NOON;

import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Policy;
import io.faregate.policy.Workflow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What the book adds to a call: a hold, its settlement and the end of the call, with 100 tasks, 20
/// workflows and 1,000 keys, all of them limited.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class BookBenchmark {
  /// More than the book remembers, so that forgetting is part of it.
  private static final int BIDS = 1 << 15;

  private static final Budgets PLENTY = new Budgets(1L << 60, 1L << 60);

  private final Book book = new Book(policy(), NOON);
  private final List<Bid> bids = IntStream.range(0, BIDS).mapToObj(BookBenchmark::bid).toList();
  private int next;

  /// Holds, settles and ends the next of many calls.
  @Benchmark
  public void call(Blackhole blackhole) {
    var bid = bids.get(next++ & (BIDS - 1));
    blackhole.consume(book.hold(bid));
    blackhole.consume(book.settle(bid.call(), bid.attempt(), 1, 0));
    blackhole.consume(book.ended(bid.call(), false));
  }

  private static Bid bid(int number) {
    var tier = number % 3 == 0 ? "premium" : "low";
    var spender = new Spender("key" + number % 1_000, "workflow" + number % 20, tier);
    return Bids.bid("call_" + number, spender, 10_000_000);
  }

  private static Policy policy() {
    var policy = new LimitedPolicy();
    policy.tier("low", 1L << 60);
    policy.tier("premium", 1L << 60);
    policy.tasks(100);
    policy.total(PLENTY);
    for (int i = 0; i < 20; i++) {
      policy.workflow(new Workflow("workflow" + i, Map.of(), PLENTY, 500_000L, 10));
    }
    for (int i = 0; i < 1_000; i++) {
      policy.key("key" + i, PLENTY);
    }
    return policy.policy();
  }
}
