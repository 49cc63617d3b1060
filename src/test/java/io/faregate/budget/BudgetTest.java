package io.faregate.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.Seeds;
import io.faregate.call.Demand;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.call.Protocol;
import io.faregate.call.Segments;
import io.faregate.money.Cost;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.Usage;
import io.faregate.policy.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Path GOLDEN = Path.of("src/test/golden/budget");
  private static final Model MODEL =
      new Model(new ModelId("p", "m"), null, 50_000L, Set.of(), false);

  @Test
  void boundsTheCostOfAnAttempt() {
    Golden.checkTable(GOLDEN.resolve("ceilings.txt"), new BudgetText()::answer);
  }

  @Test
  void settlesEachEndingOfAnAttempt() {
    Golden.checkTable(GOLDEN.resolve("settlements.txt"), new BudgetText()::answer);
  }

  @Test
  void setsAsideAtLeastWhatAnyUsageWithinTheBoundsCosts() {
    Seeds.each(
        2_000,
        chance -> {
          var price = anyPrice(chance);
          var demand = anyDemand(chance);
          var limit = chance.nextBoolean() ? null : Long.valueOf(chance.nextLong(60_000));
          var ceiling = Ceiling.of(demand, limit, MODEL, price);
          var usage = within(ceiling, chance);

          assertThat(nanoUsd(price.cost(usage))).isLessThanOrEqualTo(nanoUsd(ceiling.cost()));
        });
  }

  @Test
  void countsCostAndDoubtTogetherAsNoMoreThanTheCeilingUnlessTheCostIsKnown() {
    Seeds.each(
        2_000,
        chance -> {
          var price = anyPrice(chance);
          var ceiling = Ceiling.of(anyDemand(chance), null, MODEL, price);
          var estimate =
              Usage.of(chance.nextLong(ceiling.inputTokens() + 1), chance.nextLong(1_000));
          var endings = List.of(Ending.values());
          var ending = endings.get(chance.nextInt(endings.size()));
          var seen = chance.nextLong(ceiling.outputTokens() + 1);
          var known = new Settlement.Known(ending, null, estimate, seen, chance.nextBoolean());
          var settled = Settlement.of(known, ceiling, price, true);

          assertThat(nanoUsd(settled.cost()) + settled.inDoubtNanoUsd())
              .isLessThanOrEqualTo(nanoUsd(ceiling.cost()));
        });
  }

  @Test
  void keepsInDoubtWhatACutAttemptMayStillBeBilledFor() {
    Seeds.each(
        2_000,
        chance -> {
          var price = anyPrice(chance);
          var ceiling = Ceiling.of(anyDemand(chance), null, MODEL, price);
          var seen = chance.nextLong(1, ceiling.outputTokens() + 1);
          var billed = Math.min(ceiling.outputTokens(), seen + chance.nextLong(1_001));
          var known = new Settlement.Known(Ending.CUT, null, Usage.of(0, seen / 4), seen, false);
          var settled = Settlement.of(known, ceiling, price, true);
          var bill = nanoUsd(price.cost(Usage.of(ceiling.inputTokens(), billed)));

          assertThat(nanoUsd(settled.cost()) + settled.inDoubtNanoUsd())
              .isGreaterThanOrEqualTo(bill);
        });
  }

  private static Price anyPrice(Random chance) {
    var cheap = anyRates(chance);
    return BudgetText.price(cheap, new TreeMap<>(Map.of(100_000L, dearer(cheap))));
  }

  /// Rates in which reading a cache costs no more than not reading it, as everywhere.
  private static Rates anyRates(Random chance) {
    long input = chance.nextLong(10_000_000_000L);
    return new Rates(
        new Rate(input),
        new Rate(chance.nextLong(input + 1)),
        new Rate(chance.nextLong(10_000_000_000L)),
        new Rate(chance.nextLong(10_000_000_000L)),
        new Rate(chance.nextLong(50_000_000_000L)),
        chance.nextBoolean() ? new Rate(chance.nextLong(50_000_000_000L)) : null,
        chance.nextBoolean() ? new Rate(chance.nextLong(10_000_000_000L)) : null);
  }

  private static Rates dearer(Rates rates) {
    return new Rates(
        twice(rates.input()),
        twice(rates.cacheRead()),
        twice(rates.cacheWrite5m()),
        twice(rates.cacheWrite1h()),
        twice(rates.output()),
        rates.reasoning() == null ? null : twice(rates.reasoning()),
        null);
  }

  private static Rate twice(@Nullable Rate rate) {
    return rate == null ? new Rate(0) : new Rate(2 * rate.nanoUsdPerMillion());
  }

  private static Demand anyDemand(Random chance) {
    return new Demand(
        Protocol.CHAT,
        Segments.NONE,
        List.of(),
        chance.nextLong(200_000),
        null,
        1 + chance.nextInt(4),
        chance.nextBoolean(),
        chance.nextBoolean(),
        Set.of(),
        null);
  }

  /// Any usage within the bounds; nobody asked for a cache of an hour.
  private static Usage within(Ceiling ceiling, Random chance) {
    long input = chance.nextLong(ceiling.inputTokens() + 1);
    long read = chance.nextLong(input + 1);
    long written = chance.nextLong(input - read + 1);
    long output = chance.nextLong(ceiling.outputTokens() + 1);
    return new Usage(input - read - written, read, written, 0, output, chance.nextLong(output + 1));
  }

  private static long nanoUsd(Cost cost) {
    var nanoUsd = cost.nanoUsdOrNull();
    return nanoUsd == null ? 0 : nanoUsd;
  }
}
