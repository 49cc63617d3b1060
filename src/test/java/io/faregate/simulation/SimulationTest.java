package io.faregate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.policy.Policy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final int CALLS = 500;

  @Test
  void keepsEveryPromiseWhateverHappens() {
    Seeds.each(50, chance -> run(chance.nextLong()));
  }

  /// Seeds that once failed.
  @ParameterizedTest
  @ValueSource(longs = {1, 42, -4619051806282227903L, -4999123113623301897L})
  void keepsThePromisesThatItOnceBroke(long seed) {
    run(seed);
  }

  @Test
  void doesSomethingWorthWatching() {
    var world = new World(7, policy(new Random(7)), CALLS);

    world.run();

    assertThat(world.restarts()).isPositive();
    assertThat(world.sent()).isGreaterThan(CALLS / 2);
    assertThat(world.limits()).anyMatch(state -> state.spentNanoUsd() > 0);
  }

  private static void run(long seed) {
    try {
      new World(seed, policy(new Random(seed)), CALLS).run();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("world " + seed + ": " + failure.getMessage(), failure);
    }
  }

  /// Limits from far too small to hardly ever met.
  private static Policy policy(Random chance) {
    var text =
        """
        providers:
          alpha: { api: openai, url: "http://127.0.0.1:1/v1", key: test }
          beta:  { api: openai, url: "http://127.0.0.1:2/v1", key: test }
        models:
          alpha/small: { window: 32k, max_output: 8k, price: { input: 0.2, output: 1.2 } }
          beta/small:  { window: 32k, max_output: 8k, price: { input: 0.25, output: 1 } }
          beta/large:  { window: 128k, max_output: 8k, price: { input: 5, output: 30 } }
        tiers:
          low:     { models: [alpha/small, beta/small] }
          premium: { models: [beta/large] }
        tasks:
          easy: { tier: low, fallback: premium, because: "cheap first" }
          hard: { tier: premium, fallback: low, because: "worth it" }
        default_task: easy
        limits:
          attempts_per_call: 3
          deadline: 20s
          attempt_timeout: 5s
          idle: 5s
          premium_share: %s
          premium_burst: %d
          daily_spend: { premium: $%s }
          monthly_budget: $%s
          when_limited: %s
        workflows:
          support:
            daily_budget: $%s
            steps: { easy: { task: easy }, hard: { task: hard } }
        """
            .formatted(
                chance.nextInt(30) + "%",
                chance.nextInt(12),
                amount(chance, 2),
                amount(chance, 3),
                chance.nextBoolean() ? "downgrade" : "refuse",
                amount(chance, 2));
    var environment = new Environment(Map.of(), Path.of("."), Catalogue.builtIn());
    var reading = ConfigReader.read("world.yaml", text, environment);
    assertThat(reading.configuration()).as("%s", reading.problems()).isNotNull();
    return Objects.requireNonNull(reading.configuration()).policy();
  }

  private static String amount(Random chance, double most) {
    return "%.4f".formatted(0.001 + most * chance.nextDouble() * chance.nextDouble());
  }
}
