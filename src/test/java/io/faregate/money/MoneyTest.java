package io.faregate.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faregate.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "$50, 50000000000",
    "0.25, 250000000",
    "-1.5, -1500000000",
    "$0.000000001, 1",
    "1e3, 1000000000000",
    "9223372036.854775807, 9223372036854775807",
  })
  void readsAnAmountExactly(String text, long nanoUsd) {
    assertThat(Money.parse(text)).isEqualTo(new Money(nanoUsd));
  }

  @ParameterizedTest
  @Timeout(10)
  @ValueSource(
      strings = {
        "",
        "$",
        "$$5",
        "5 USD",
        "0.0000000001",
        "9223372036.854775808",
        "1e400000000",
        "-1e400000000",
        "1e999999999",
        "1e-400000000"
      })
  void refusesWhatIsNoAmountOrTooFine(String text) {
    assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> Money.parse(text));
  }

  @Test
  void writesNinePlacesAndReadsThemBack() {
    assertThat(new Money(145_440).usd()).isEqualTo("0.000145440");
    assertThat(new Money(-1)).hasToString("$-0.000000001");
    Seeds.each(
        500,
        chance -> {
          var money = new Money(chance.nextLong());
          assertThat(Money.parse(money.usd())).isEqualTo(money);
        });
  }

  @Test
  void showsPeopleRoundedDollars() {
    assertThat(new Money(1_086_529_400_000L).display(2)).isEqualTo("$1,086.53");
    assertThat(new Money(-1_500_000_000).display(2)).isEqualTo("-$1.50");
    assertThat(new Money(5_000_000).display(2)).isEqualTo("$0.01");
    assertThat(new Money(4_999_999).display(2)).isEqualTo("$0.00");
  }

  @Test
  void addsAndSubtractsWithoutWrappingAround() {
    assertThat(new Money(2).plus(new Money(3)).minus(new Money(6))).isEqualTo(new Money(-1));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1)));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new Money(Long.MIN_VALUE).minus(new Money(1)));
    assertThat(new Money(2)).isGreaterThan(new Money(1));
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 2500000000, 2.5",
    "0.003625, 3625000, 0.003625",
    "0, 0, 0",
    "180.00, 180000000000, 180",
  })
  void readsARateAndWritesItShort(String text, long nanoUsdPerMillion, String shown) {
    assertThat(Rate.perMillion(text)).isEqualTo(new Rate(nanoUsdPerMillion));
    assertThat(Rate.perMillion(text).usdPerMillion()).isEqualTo(shown);
  }

  @ParameterizedTest
  @Timeout(10)
  @ValueSource(
      strings = {"", "-1", "free", "0.0000000001", "0.049999999999999996", "1e30", "1e400000000"})
  void refusesWhatIsNoRate(String text) {
    assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> Rate.perMillion(text));
  }

  @Test
  void roundsSomeUnitsOfARateDown() {
    assertThat(Rate.perMillion("0.003625").roundedDown(3)).isEqualTo(10);
    assertThat(Rate.perMillion("600").roundedDown(1L << 40)).isEqualTo((1L << 40) * 600_000);
  }
}
