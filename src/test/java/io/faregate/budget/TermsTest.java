package io.faregate.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.Demand;
import io.faregate.call.Protocol;
import io.faregate.call.Segments;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TermsTest {
  @Test
  void takesNoMoreThanATenthOfWhatIsLeftUnlessAThousandTokensDo() {
    Seeds.each(
        5_000,
        chance -> {
          var terms = anyTerms(chance);
          var left = chance.nextLong(-1_000, 10_000_000_000L);
          var cap = terms.outputCap(left, null);
          var ceiling = amount(terms.ceiling(cap));

          if (cap == null || cap > Terms.LEAST_CAP) {
            assertThat(ceiling)
                .isLessThanOrEqualTo(Math.max(left / 10, amount(terms.ceiling(Terms.LEAST_CAP))));
          }
          if (cap != null) {
            assertThat(cap)
                .isGreaterThanOrEqualTo(Terms.LEAST_CAP)
                .isLessThan(Ceiling.mostOutput(terms.model()));
          }
        });
  }

  @Test
  void capsNoLowerThanItMust() {
    Seeds.each(
        5_000,
        chance -> {
          var terms = anyTerms(chance);
          var left = chance.nextLong(10_000_000_000L);
          var cap = terms.outputCap(left, null);

          if (cap != null && (terms.usualOutput() == null || cap < terms.usualOutput())) {
            assertThat(amount(terms.ceiling(cap + 1)) + 1).isGreaterThanOrEqualTo(left / 10);
          }
        });
  }

  @Test
  void addsNoCapWhereNothingIsLimitedOrKnown() {
    var terms = new Terms(Bids.demand(10, null), null, Bids.model(9_000L), null, 50L);

    assertThat(terms.outputCap(1L, null)).isNull();
    assertThat(anyTerms(new Random(1)).outputCap(null, null)).isNull();
    assertThat(Bids.costing(7).outputCap(1L, null)).isNull();
  }

  private static Terms anyTerms(Random chance) {
    var rates =
        new Rates(
            new Rate(chance.nextLong(10_000_000_000L)),
            null,
            null,
            null,
            new Rate(chance.nextLong(50_000_000_000L)),
            chance.nextBoolean() ? new Rate(chance.nextLong(50_000_000_000L)) : null,
            chance.nextBoolean() ? new Rate(chance.nextLong(10_000_000_000L)) : null);
    var demand =
        new Demand(
            Protocol.CHAT,
            Segments.NONE,
            List.of(),
            chance.nextLong(200_000),
            null,
            1 + chance.nextInt(3),
            false,
            false,
            Set.of(),
            null);
    return new Terms(
        demand,
        null,
        Bids.model(maybe(chance, 100_000)),
        BudgetText.price(rates, new TreeMap<>()),
        maybe(chance, 9_000));
  }

  private static @Nullable Long maybe(Random chance, long below) {
    return chance.nextBoolean() ? null : Long.valueOf(1 + chance.nextLong(below));
  }

  private static long amount(Ceiling ceiling) {
    return Objects.requireNonNull(ceiling.cost().nanoUsdOrNull());
  }
}
