package io.faregate.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faregate.Seeds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargestRemainderTest {
  @Test
  void givesWhatIsMissingToTheLargestRemaindersAndTiesInOrder() {
    assertThat(LargestRemainder.split(10, 1, 1, 1)).containsExactly(4, 3, 3);
    assertThat(LargestRemainder.split(100, 333, 333, 334)).containsExactly(33, 33, 34);
    assertThat(LargestRemainder.split(1, 2, 3, 5)).containsExactly(0, 0, 1);
    assertThat(LargestRemainder.split(0, 2, 3)).containsExactly(0, 0);
  }

  @Test
  void givesNothingWhereNothingWeighs() {
    assertThat(LargestRemainder.split(7, 0, 0)).containsExactly(0, 0);
    assertThat(LargestRemainder.split(7)).isEmpty();
  }

  @Test
  void sharesAmountsWhoseProductPassesALong() {
    assertThat(LargestRemainder.split(1L << 40, 1L << 40, 1L << 40))
        .containsExactly(1L << 39, 1L << 39);
  }

  @Test
  void sharesByWeightsThatPassALong() {
    var large = BigInteger.TWO.pow(70);

    assertThat(LargestRemainder.split(10, List.of(large, large, large))).containsExactly(4, 3, 3);
    assertThat(LargestRemainder.split(Long.MAX_VALUE, List.of(large, BigInteger.ZERO)))
        .containsExactly(Long.MAX_VALUE, 0);
    assertThat(LargestRemainder.split(7, List.of(BigInteger.ZERO))).containsExactly(0);
  }

  @Test
  void addsUpAndStaysWithinOneUnitOfTheExactShare() {
    Seeds.each(
        1_000,
        chance -> {
          var weights = chance.longs(1 + chance.nextInt(8), 0, 1_000_000).toArray();
          long total = chance.nextLong(1_000_000_000);
          long sum = Arrays.stream(weights).sum();
          var parts = LargestRemainder.split(total, weights);

          assertThat(Arrays.stream(parts).sum()).isEqualTo(sum == 0 ? 0 : total);
          for (int i = 0; i < parts.length && sum > 0; i++) {
            assertThat(parts[i] - total * weights[i] / sum).isBetween(0L, 1L);
          }
        });
  }

  @Test
  void floorsTheExactShareWhereverTheProductLies() {
    Seeds.each(
        1_000,
        chance -> {
          var weights = chance.longs(3, 0, 1L << chance.nextInt(1, 60)).toArray();
          long total = chance.nextLong(1L << chance.nextInt(1, 62));
          var sum = BigInteger.valueOf(Arrays.stream(weights).sum());
          var parts = LargestRemainder.split(total, weights);

          for (int i = 0; i < parts.length && sum.signum() > 0; i++) {
            var product = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights[i]));
            assertThat(parts[i] - product.divide(sum).longValueExact()).isBetween(0L, 1L);
          }
        });
  }

  @Test
  void refusesNegativeAndUncountableWeights() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LargestRemainder.split(-1, 1));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LargestRemainder.split(1, -1));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LargestRemainder.split(1, List.of(BigInteger.ONE.negate())));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> LargestRemainder.split(1, Long.MAX_VALUE, Long.MAX_VALUE));
  }
}
