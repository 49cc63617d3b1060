package io.faregate.policy.route;

import io.faregate.call.Call;
import io.faregate.policy.Policy;
import io.faregate.policy.Routing;
import io.faregate.policy.Snapshot;
import io.faregate.policy.TokenScale;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a decision takes with 100 tasks and 20 workflows. Goal: less than 5 µs at the median.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RouterBenchmark {
  private static final Snapshot SNAPSHOT =
      new Snapshot(LocalDate.of(2026, 8, 1), TokenScale.UNLEARNED);

  private final Policy policy;
  private final List<Call> calls;
  private int next;

  /// Makes the same policy and calls each time.
  public RouterBenchmark() {
    var random = new RandomPolicy(new Random(1));
    policy = random.policy(100, 20);
    calls = Stream.generate(() -> random.call(policy)).limit(256).toList();
  }

  /// Decides the next of 256 calls, some of which are refused.
  @Benchmark
  public Routing decide() {
    return Router.decide(policy, calls.get(next++ & 255), SNAPSHOT);
  }
}
