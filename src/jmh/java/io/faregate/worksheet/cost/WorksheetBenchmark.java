package io.faregate.worksheet.cost;

import io.faregate.config.worksheet.Worksheets;
import io.faregate.worksheet.compare.Comparison;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading and working out a worksheet of 10,000 rows and 10 scenarios.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class WorksheetBenchmark {
  private final String text = text();

  /// The first iteration of a fork is that of a process that has just started.
  @Benchmark
  public SequencedMap<String, Costing> readsAndWorksOut() {
    var worksheet = Worksheets.of(text);
    return Comparison.of(worksheet, worksheet.scenarios().keySet(), Worksheets.prices())
        .scenarios();
  }

  private static String text() {
    var text =
        new StringBuilder(
            "tiers: { low: openai/gpt-5.6-luna, high: openai/gpt-5.6-sol }\nroutes:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("  - { workflow: w").append(i % 50).append(", step: s").append(i);
      text.append(", first: low, fallback: high, requests: ").append(i);
      text.append(
          ", input_tokens: 1800, output_tokens: 220, fallback_rate: 8%, retry_rate: 2% }\n");
    }
    text.append("scenarios:\n");
    for (int i = 1; i <= 10; i++) {
      text.append("  s")
          .append(i)
          .append(": { every: { fallback_rate: ")
          .append(i)
          .append("% } }\n");
    }
    return text.toString();
  }
}
