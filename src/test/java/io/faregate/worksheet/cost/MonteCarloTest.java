package io.faregate.worksheet.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.ModelId;
import io.faregate.config.worksheet.Worksheets;
import io.faregate.worksheet.plan.Basis;
import io.faregate.worksheet.plan.ChainPlan;
import io.faregate.worksheet.plan.ChainTier;
import io.faregate.worksheet.plan.Check;
import io.faregate.worksheet.plan.Human;
import io.faregate.worksheet.plan.Odds;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Shape;
import io.faregate.worksheet.plan.Target;
import io.faregate.worksheet.plan.Volume;
import io.faregate.worksheet.plan.Worksheet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a worksheet expects is the mean of what happens when its calls are played, one by one.
///
/// Of two hundred honest comparisons one in two runs would have one beyond three standard errors. A
/// worksheet that is beyond them is therefore played again, with other chance and four times as
/// often: chance is beyond them twice in one of 137,000, a wrong formula always.
class MonteCarloTest {
  private static final int WORKSHEETS = 200;
  private static final int CALLS = 20_000;
  private static final double SIGMAS = 3;
  private static final List<String> MODELS =
      List.of("gpt-5.6-luna", "gpt-5.6-terra", "gpt-5.6-sol", "gpt-5.4-nano", "gpt-5.4-mini");

  @Test
  void expectsWhatHappensOnAverage() {
    Seeds.each(
        WORKSHEETS,
        chance -> {
          var worksheet = worksheet(chance);
          var cost = Costing.of(worksheet, Worksheets.prices()).routes().getFirst();
          var played = Played.of(cost, CALLS, chance);
          if (!played.agrees(cost)) {
            played = Played.of(cost, 4 * CALLS, chance);
          }
          assertThat(played.agrees(cost))
              .as(
                  "%s%nexpects %s, loaded %s; played %s",
                  cost.route(), cost.perStartedUsd(), cost.loadedPerCompletedUsd(), played)
              .isTrue();
        });
  }

  private static Worksheet worksheet(Random chance) {
    var chained = chance.nextBoolean();
    var first = target(chance);
    var second = chance.nextInt(4) == 0 ? null : target(chance);
    var odds =
        new Odds(
            chance.nextInt(300_000),
            (long) chance.nextInt(300_000),
            second == null ? 0 : chance.nextInt(600_000),
            chance.nextInt(300_000),
            chance.nextInt(200_000),
            chance.nextInt(1_000_001));
    var check = chance.nextBoolean() ? new Check(target(chance), shape(chance)) : null;
    var route =
        new Route(
            "w",
            "s",
            new Volume.Stated(1_000),
            first,
            second,
            shape(chance),
            odds,
            check,
            chance.nextInt(1_000_000),
            chained ? chain(first, chance) : null,
            Basis.ESTIMATED);
    var human =
        new Human(chance.nextLong(100_000_000), chance.nextLong(100_000_000), chance.nextBoolean());
    return new Worksheet(
        Worksheets.prices().day(),
        new LinkedHashMap<>(),
        List.of(route),
        human,
        new LinkedHashMap<>(),
        new LinkedHashMap<>());
  }

  private static ChainPlan chain(Target first, Random chance) {
    var tiers = new ArrayList<ChainTier>();
    var length = 1 + chance.nextInt(3);
    for (int i = 0; i < length; i++) {
      tiers.add(
          new ChainTier(
              i == 0 ? first : target(chance),
              chance.nextInt(400_000),
              chance.nextInt(4),
              chance.nextInt(400_000)));
    }
    return new ChainPlan(tiers, chance.nextBoolean() ? 0 : chance.nextInt(1_000_000), true);
  }

  private static Target target(Random chance) {
    return new Target(null, new ModelId("openai", MODELS.get(chance.nextInt(MODELS.size()))));
  }

  private static Shape shape(Random chance) {
    return Shape.of(1 + chance.nextInt(20_000), 1 + chance.nextInt(4_000));
  }

  /// The calls of a route, played.
  private record Played(Mean cost, Mean completed, Mean people) {
    static Played of(RouteCost cost, int calls, Random chance) {
      var played = new Played(new Mean(), new Mean(), new Mean());
      var game = new Game(cost, chance);
      for (int i = 0; i < calls; i++) {
        game.play();
        played.cost.add(game.usd);
        played.completed.add(game.completed ? 1 : 0);
        played.people.add(game.people());
      }
      return played;
    }

    boolean agrees(RouteCost expected) {
      return cost.isNear(expected.perStartedUsd())
          && completed.isNear(expected.expected().completed())
          && people.isNear(expected.humanPerStartedUsd());
    }
  }

  /// A mean with its standard error.
  private static final class Mean {
    private long count;
    private double sum;
    private double squares;

    void add(double value) {
      count++;
      sum += value;
      squares += value * value;
    }

    boolean isNear(@Nullable BigDecimal expected) {
      var mean = sum / count;
      var variance = Math.max(0, squares / count - mean * mean);
      var error = Math.sqrt(variance / count);
      var wanted = Objects.requireNonNull(expected).doubleValue();
      // Where nothing varies, only the rounding of doubles is left.
      return Math.abs(mean - wanted) <= SIGMAS * error + 1e-9 * Math.max(1e-6, Math.abs(wanted));
    }

    @Override
    public String toString() {
      return Double.toString(sum / count);
    }
  }

  /// One call after the other, by chance, as it would be sent.
  private static final class Game {
    private final RouteCost cost;
    private final Random chance;
    private double usd;
    private boolean completed;

    Game(RouteCost cost, Random chance) {
      this.cost = cost;
      this.chance = chance;
    }

    void play() {
      usd = cost.route().overheadNanoUsd() / 1e9;
      var chain = cost.route().chain();
      if (chain != null && cost.route().isChained()) {
        chained(chain);
      } else {
        averages();
      }
    }

    double people() {
      var human = cost.human();
      if (!completed) {
        return human.perFailureNanoUsd() / 1e9;
      }
      return happens(cost.route().odds().correction()) ? human.perCorrectionNanoUsd() / 1e9 : 0;
    }

    private void averages() {
      var odds = cost.route().odds();
      visit(cost.route().first(), odds.retry());
      var second = cost.route().fallback();
      if (second != null && happens(odds.fallback())) {
        visit(second, odds.fallbackRetry());
      }
      completed = !happens(odds.failure());
    }

    private void visit(Target target, long retry) {
      usd += price(target);
      if (happens(retry)) {
        usd += price(target) * cost.route().odds().billed() / Odds.ALL;
      }
      check();
    }

    private void chained(ChainPlan chain) {
      completed = false;
      for (var tier : chain.tiers()) {
        if (answers(tier, chain)) {
          check();
          if (!happens(tier.rejected())) {
            completed = true;
            return;
          }
        }
      }
    }

    /// Tries a tier until it answers or may not be tried again. A failure that is part of an outage
    /// comes back each time.
    private boolean answers(ChainTier tier, ChainPlan chain) {
      if (!happens(tier.failed())) {
        usd += price(tier.target());
        return true;
      }
      failed(tier);
      var outage = happens(chain.correlated());
      for (int retry = 0; retry < tier.retries(); retry++) {
        if (!outage && !happens(tier.failed())) {
          usd += price(tier.target());
          return true;
        }
        failed(tier);
      }
      return false;
    }

    private void failed(ChainTier tier) {
      usd += price(tier.target()) * cost.route().odds().billed() / Odds.ALL;
    }

    private void check() {
      var check = cost.route().check();
      if (check != null) {
        usd += usd(check.target(), check.shape());
      }
    }

    private double price(Target target) {
      return usd(target, cost.route().shape());
    }

    private static double usd(Target target, Shape shape) {
      return Objects.requireNonNull(Worksheets.prices().quote(target.model(), shape).usd())
          .doubleValue();
    }

    private boolean happens(long millionths) {
      return chance.nextInt(Math.toIntExact(Odds.ALL)) < millionths;
    }
  }
}
