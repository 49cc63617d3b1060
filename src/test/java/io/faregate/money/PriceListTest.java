package io.faregate.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faregate.Words;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceListTest {
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
  private static final LocalDate AUGUST = LocalDate.of(2026, 8, 1);

  private final Price old = row(ServiceTier.STANDARD, MAY, JUNE);
  private final Price current = row(ServiceTier.STANDARD, JUNE, null);
  private final Price batch = row(ServiceTier.BATCH, JUNE, AUGUST);
  private final PriceList list = new PriceList(AUGUST, Map.of("a/m", List.of(current, batch, old)));

  @Test
  void holdsFromItsFirstDayUntilBeforeItsLast() {
    assertThat(list.price("a/m", ServiceTier.STANDARD, MAY.minusDays(1))).isEmpty();
    assertThat(list.price("a/m", ServiceTier.STANDARD, MAY)).contains(old);
    assertThat(list.price("a/m", ServiceTier.STANDARD, JUNE.minusDays(1))).contains(old);
    assertThat(list.price("a/m", ServiceTier.STANDARD, JUNE)).contains(current);
    assertThat(list.price("a/m", ServiceTier.STANDARD, AUGUST.plusYears(9))).contains(current);
  }

  @Test
  void keepsServiceTiersApart() {
    assertThat(list.price("a/m", ServiceTier.BATCH, MAY)).isEmpty();
    assertThat(list.price("a/m", ServiceTier.BATCH, JUNE)).contains(batch);
    assertThat(list.price("a/m", ServiceTier.BATCH, AUGUST)).isEmpty();
    assertThat(list.price("a/m", ServiceTier.FLEX, JUNE)).isEmpty();
  }

  @Test
  void knowsNoPriceOfAModelThatItLacks() {
    assertThat(list.price("a/other", ServiceTier.STANDARD, JUNE)).isEmpty();
    assertThat(PriceList.EMPTY.price("a/m", ServiceTier.STANDARD, JUNE)).isEmpty();
  }

  @Test
  void refusesTwoRowsThatHoldOnTheSameDay() {
    var late = row(ServiceTier.STANDARD, JUNE.minusDays(1), null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceList(AUGUST, Map.of("a/m", List.of(old, late))))
        .withMessageContaining("two standard prices of a/m hold on 2026-05-31");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceList(AUGUST, Map.of("a/m", List.of(current, current))));
  }

  @Test
  void refusesARowThatEndsBeforeItBegins() {
    assertThatIllegalArgumentException().isThrownBy(() -> row(ServiceTier.STANDARD, JUNE, JUNE));
  }

  @Test
  void laysRowsOverWhatIsKnownFromTheirFirstDayOn() {
    var stated = row(ServiceTier.STANDARD, AUGUST, null);
    var merged = list.with(Map.of("a/m", List.of(stated), "b/n", List.of(current)));

    assertThat(merged.price("a/m", ServiceTier.STANDARD, JUNE))
        .contains(current.during(JUNE, AUGUST));
    assertThat(merged.price("a/m", ServiceTier.STANDARD, AUGUST)).contains(stated);
    assertThat(merged.price("b/n", ServiceTier.STANDARD, JUNE)).contains(current);
    assertThat(list.price("b/n", ServiceTier.STANDARD, JUNE)).isEmpty();
    assertThat(merged.date()).isEqualTo(AUGUST);
  }

  @Test
  void tellsTheStartOfTheLongContextPriceInForce() {
    var rates = GoldenRates.rates(Words.of("price input=2"));
    var price =
        new Price(
            ServiceTier.STANDARD, rates, new TreeMap<>(Map.of(1_000L, rates)), MAY, null, "test");

    assertThat(price.contextStart(1_000)).isZero();
    assertThat(price.contextStart(1_001)).isEqualTo(1_000);
  }

  private static Price row(ServiceTier tier, LocalDate from, @Nullable LocalDate until) {
    var rates = GoldenRates.rates(Words.of("price input=2 output=12"));
    return new Price(tier, rates, new TreeMap<>(), from, until, from + " test");
  }
}
