package io.faregate.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GroupedTest {
  @Test
  void groupsAsTheFormatterDoes() {
    Seeds.each(
        1_000,
        chance -> {
          int places = chance.nextInt(12);
          var digits = new BigInteger(chance.nextInt(80), chance);
          var number = new BigDecimal(chance.nextBoolean() ? digits : digits.negate(), places);

          assertThat(Grouped.of(number))
              .isEqualTo(String.format(Locale.ROOT, "%,." + places + "f", number));
        });
  }

  @Test
  void writesANumberWithoutPlacesWhole() {
    assertThat(Grouped.of(new BigDecimal("1E+6"))).isEqualTo("1,000,000");
    assertThat(Grouped.of(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
    assertThat(Grouped.of(0)).isEqualTo("0");
  }
}
