package io.faregate.gateway;

import io.faregate.budget.Bid;
import io.faregate.budget.Book;
import io.faregate.budget.Hold;
import io.faregate.budget.Spender;
import io.faregate.budget.Terms;
import io.faregate.call.Call;
import io.faregate.call.Demand;
import io.faregate.call.Named;
import io.faregate.call.Segments;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.Snapshot;
import io.faregate.policy.TokenScale;
import io.faregate.policy.route.Router;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/// What stands between a call that was read and an attempt that may be sent: the decision and the
/// hold, with 100 tasks, 20 workflows and 1,000 keys, all limited; and the settlement afterwards.
/// Goal: less than 5 µs at the median and 20 µs at the 99th percentile.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecideAndHoldBenchmark {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Snapshot SNAPSHOT =
      new Snapshot(LocalDate.of(2026, 11, 25), TokenScale.UNLEARNED);

  private final Policy policy = policy();
  private final Book book = new Book(policy, NOON);
  private final List<Call> calls = IntStream.range(0, 1_000).mapToObj(this::call).toList();
  private int next;

  /// Decides, holds, settles and ends one call.
  @Benchmark
  public void decideAndHold(Blackhole blackhole) {
    var number = next++;
    var call = calls.get(number % 1_000);
    if (Router.decide(policy, call, SNAPSHOT) instanceof Decision decision) {
      var rung = decision.chain().getFirst();
      var assignment = decision.assignment();
      var spender = new Spender(call.caller().key(), assignment.workflow(), rung.tier());
      var price = policy.price(rung.model(), SNAPSHOT.day()).orElse(null);
      var terms =
          new Terms(call.demand(), decision.outputLimit(), policy.model(rung.model()), price, null);
      var top = rung.tier().equals(policy.top().name());
      var id = Integer.toString(number);
      if (book.hold(new Bid(id, 1, spender, top, terms, NOON)) instanceof Hold.Held held) {
        blackhole.consume(held);
        blackhole.consume(book.settle(id, 1, 1, 0));
      }
      blackhole.consume(book.ended(id, top));
    }
  }

  private Call call(int number) {
    var work =
        new Work(
            number % 3 == 0 ? new Named("task" + number % 100, Source.HEADER) : null,
            new Named("workflow" + number % 20, Source.HEADER),
            number % 3 == 0 ? null : new Named("step" + number % 5, Source.HEADER),
            null,
            "auto",
            null,
            null,
            null,
            null,
            null);
    var caller = policy.keys().get(number).caller();
    var demand = Demand.ofInputBytes(new Segments(1_200, 300, 2_400, 1_100, 500, 0));
    return new Call("call" + number, NOON, caller, work, demand);
  }

  private static Policy policy() {
    var text = new StringBuilder();
    text.append(
        """
        providers:
          p: { api: openai, url: "http://127.0.0.1:1/v1" }
        models:
          p/small: { window: 128k, max_output: 8k, price: { input: 0.2, output: 1.2 } }
          p/mid: { window: 128k, max_output: 8k, price: { input: 2, output: 12 } }
          p/large: { window: 128k, max_output: 8k, price: { input: 5, output: 30 } }
        tiers:
          low: { models: [p/small] }
          balanced: { models: [p/mid] }
          premium: { models: [p/large] }
        default_task: task0
        limits:
          daily_spend: { low: $9000000, balanced: $9000000, premium: $9000000 }
          monthly_budget: $9000000
          premium_share: 50%
        tasks:
        """);
    for (int i = 0; i < 100; i++) {
      text.append("  task%d: { tier: low, fallback: [balanced, premium] }\n".formatted(i));
    }
    text.append("workflows:\n");
    for (int i = 0; i < 20; i++) {
      text.append("  workflow%d:\n    monthly_budget: $9000000\n    steps:\n".formatted(i));
      for (int j = 0; j < 5; j++) {
        var tier = List.of("low", "balanced", "premium").get(j % 3);
        text.append(
            "      step%d: { task: task%d, tier: %s, fallback: none }\n".formatted(j, i, tier));
      }
    }
    text.append("keys:\n");
    for (int i = 0; i < 1_000; i++) {
      text.append(
          "  - { name: key%d, sha256: \"%064x\", monthly_budget: $9000000 }\n".formatted(i, i + 1));
    }
    var environment = new Environment(Map.of(), Path.of("."), Catalogue.builtIn());
    var reading = ConfigReader.read("bench.yaml", text.toString(), environment);
    return Objects.requireNonNull(reading.configuration(), reading.problems().toString()).policy();
  }
}
