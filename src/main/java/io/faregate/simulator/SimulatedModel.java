package io.faregate.simulator;

import io.faregate.simulator.tongue.TokenCount;
import java.math.BigInteger;
import java.util.List;

/// A model that the simulated provider sells: its name, its rates in nano-USD per million tokens,
/// and its window in tokens. A name that contains `reason` thinks before it answers: it is billed
/// for reasoning tokens that nobody sees.
public record SimulatedModel(
    String name,
    long inputPerMillion,
    long cacheReadPerMillion,
    long cacheWrite5mPerMillion,
    long cacheWrite1hPerMillion,
    long outputPerMillion,
    long windowTokens) {
  public SimulatedModel {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a simulated model needs a name");
    }
    if (Math.min(inputPerMillion, Math.min(cacheReadPerMillion, outputPerMillion)) < 0
        || Math.min(cacheWrite5mPerMillion, cacheWrite1hPerMillion) < 0
        || windowTokens < 1) {
      throw new IllegalArgumentException(
          "rates of %s must be at least 0 and its window at least 1".formatted(name));
    }
  }

  /// A model that bills what it writes to a cache like any other input.
  public SimulatedModel(
      String name,
      long inputPerMillion,
      long cacheReadPerMillion,
      long outputPerMillion,
      long windowTokens) {
    this(
        name,
        inputPerMillion,
        cacheReadPerMillion,
        inputPerMillion,
        inputPerMillion,
        outputPerMillion,
        windowTokens);
  }

  /// Models of each dialect, from a fraction of a cent to dollars per million tokens. Prices are
  /// those of the catalogue in August 2026, but for `sim-reason`, which is ours.
  public static List<SimulatedModel> defaults() {
    return List.of(
        new SimulatedModel("gpt-5.4-nano", 200_000_000, 20_000_000, 1_250_000_000, 400_000),
        new SimulatedModel("gpt-5.4-mini", 750_000_000, 75_000_000, 4_500_000_000L, 400_000),
        new SimulatedModel("gpt-5.4", 2_500_000_000L, 250_000_000, 15_000_000_000L, 1_050_000),
        new SimulatedModel(
            "gpt-5.4-pro", 30_000_000_000L, 30_000_000_000L, 180_000_000_000L, 1_050_000),
        gpt56("gpt-5.6-luna", 200_000_000),
        gpt56("gpt-5.6-terra", 2_000_000_000),
        gpt56("gpt-5.6-sol", 5_000_000_000L),
        new SimulatedModel("deepseek-v4-pro", 435_000_000, 3_625_000, 870_000_000, 1_000_000),
        new SimulatedModel("sim-reason", 1_000_000_000, 100_000_000, 8_000_000_000L, 128_000),
        new SimulatedModel("text-embedding-3-small", 20_000_000, 20_000_000, 0, 8_191),
        claude("claude-haiku-4-5", 1_000_000_000, 200_000),
        claude("claude-haiku-4-5-20251001", 1_000_000_000, 200_000),
        claude("claude-sonnet-5", 2_000_000_000, 1_000_000),
        claude("claude-opus-5", 5_000_000_000L, 1_000_000),
        new SimulatedModel(
            "gemini-3.5-flash-lite", 300_000_000, 30_000_000, 2_500_000_000L, 1_000_000),
        new SimulatedModel("amazon.nova-lite-v1:0", 60_000_000, 15_000_000, 240_000_000, 300_000));
  }

  /// From GPT-5.6 on, OpenAI prices by the input: reads a tenth, writes 1.25 times, output six
  /// times.
  private static SimulatedModel gpt56(String name, long input) {
    return new SimulatedModel(name, input, input / 10, input / 4 * 5, input, input * 6, 1_050_000);
  }

  /// Anthropic prices by the input: reads a tenth, writes 1.25 and 2 times, output five times.
  private static SimulatedModel claude(String name, long input, long window) {
    return new SimulatedModel(name, input, input / 10, input / 4 * 5, input * 2, input * 5, window);
  }

  /// Whether a model of that name is billed for reasoning tokens.
  static boolean reasons(String name) {
    return name.contains("reason");
  }

  /// What the tokens cost: exact, in nano-USD × 10⁶.
  BigInteger exactCost(TokenCount tokens) {
    return times(tokens.input(), inputPerMillion)
        .add(times(tokens.cacheRead(), cacheReadPerMillion))
        .add(times(tokens.cacheWrite5m(), cacheWrite5mPerMillion))
        .add(times(tokens.cacheWrite1h(), cacheWrite1hPerMillion))
        .add(times(tokens.output(), outputPerMillion));
  }

  private static BigInteger times(long tokens, long rate) {
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate));
  }
}
