package io.faregate.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faregate.Golden;
import io.faregate.Seeds;
import io.faregate.Words;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostsTest {
  private Rates rates = GoldenRates.rates(Words.of("price"));
  private NavigableMap<Long, Rates> above = new TreeMap<>();

  @Test
  void pricesTheGoldenCases() {
    Golden.checkTable(Path.of("src/test/golden/money/costs.txt"), this::answer);
  }

  @Test
  void roundsTheCostByAtMostHalfANanoDollarAndNeverPassesTheCeiling() {
    Seeds.each(
        2_000,
        chance -> {
          var rates = anyRates(chance);
          var usage = anyUsage(chance);
          var exact = exactMillionths(rates, usage);
          var cost = amount(rates.cost(usage));
          var ceiling = amount(rates.ceiling(usage));

          assertThat(Math.abs(cost * 1_000_000 - exact)).isLessThanOrEqualTo(500_000);
          assertThat(ceiling).isGreaterThanOrEqualTo(cost).isLessThanOrEqualTo(cost + 1);
          assertThat(ceiling * 1_000_000).isGreaterThanOrEqualTo(exact);
        });
  }

  @Test
  void throwsWhereALongCannotHoldTheAmount() {
    var dearest = new Rates(new Rate(Long.MAX_VALUE), null, null, null, null, null, null);

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> dearest.cost(Usage.of(10_000_000, 0)));
  }

  @Test
  void knowsTheDearestRateThatInputMayBeBilledAt() {
    var rates =
        GoldenRates.rates(Words.of("price input=3 cache-write-5m=3.75 cache-write-1h=6 output=15"));

    assertThat(rates.dearestInput(false)).isEqualTo(Rate.perMillion("3.75"));
    assertThat(rates.dearestInput(true)).isEqualTo(Rate.perMillion("6"));
    assertThat(GoldenRates.rates(Words.of("price input=3")).dearestInput(true))
        .isEqualTo(Rate.perMillion("3"));
    assertThat(GoldenRates.rates(Words.of("price output=3")).dearestInput(true)).isNull();
  }

  private String answer(String line) {
    var words = Words.of(line);
    switch (words.kind()) {
      case "price" -> {
        rates = GoldenRates.rates(words);
        above = new TreeMap<>();
      }
      case "above" -> above.put(Long.valueOf(words.rest().getFirst()), GoldenRates.rates(words));
      case "cost" -> {
        return shown(price().cost(GoldenRates.usage(words)));
      }
      case "hold" -> {
        var usage = GoldenRates.usage(words);
        return shown(price().rates(usage.inputTotal()).ceiling(usage));
      }
      default -> throw new IllegalArgumentException("no such line: " + line);
    }
    return "";
  }

  private Price price() {
    return new Price(ServiceTier.STANDARD, rates, above, LocalDate.EPOCH, null, "golden");
  }

  private static String shown(Cost cost) {
    var nanoUsd = cost.nanoUsdOrNull();
    return nanoUsd == null ? "unpriced" : nanoUsd.toString();
  }

  private static long amount(Cost cost) {
    return Long.parseLong(shown(cost));
  }

  private static Rates anyRates(Random chance) {
    return new Rates(
        anyRate(chance),
        anyRate(chance),
        anyRate(chance),
        anyRate(chance),
        anyRate(chance),
        chance.nextBoolean() ? anyRate(chance) : null,
        chance.nextBoolean() ? anyRate(chance) : null);
  }

  private static Rate anyRate(Random chance) {
    return new Rate(chance.nextLong(200_000_000_000L));
  }

  private static Usage anyUsage(Random chance) {
    long output = chance.nextLong(1_000_000);
    return new Usage(
        chance.nextLong(1_000_000),
        chance.nextLong(1_000_000),
        chance.nextLong(1_000_000),
        chance.nextLong(1_000_000),
        output,
        chance.nextLong(output + 1));
  }

  /// The sum as FORMULAS 1.1 writes it, before it is rounded.
  private static long exactMillionths(Rates rates, Usage usage) {
    long sum = part(1, rates.perCall());
    for (var kind : TokenKind.values()) {
      sum += part(usage.tokens(kind), rates.rate(kind));
    }
    var apart = rates.reasoning();
    return apart == null
        ? sum
        : sum - part(usage.reasoning(), rates.output()) + part(usage.reasoning(), apart);
  }

  private static long part(long units, @Nullable Rate rate) {
    return rate == null ? 0 : Math.multiplyExact(units, rate.nanoUsdPerMillion());
  }
}
