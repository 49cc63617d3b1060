package io.faregate.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Shares a whole among parts so that the rounded parts add up to the whole: every part is floored,
/// and the missing units go to the largest remainders, ties in listed order. Source: FORMULAS §1.1.
public final class LargestRemainder {
  private LargestRemainder() {}

  /// Splits `total` units in proportion to the weights. All parts are 0 when all weights are.
  ///
  /// @throws IllegalArgumentException if a weight or the total is negative
  /// @throws ArithmeticException if the weights together pass the range of a long
  public static long[] split(long total, long... weights) {
    long sum = 0;
    long least = total;
    for (var weight : weights) {
      sum = Math.addExact(sum, weight);
      least = Math.min(least, weight);
    }
    if (least < 0) {
      throw new IllegalArgumentException("neither the total nor a weight may be negative");
    }
    var parts = new long[weights.length];
    if (sum == 0) {
      return parts;
    }
    // No weight is larger than their sum, so no product can be larger than this one.
    var small = Math.multiplyHigh(total, sum) == 0 && total * sum >= 0;
    var remainders = new long[weights.length];
    long missing = total;
    for (int i = 0; i < weights.length; i++) {
      if (small) {
        parts[i] = total * weights[i] / sum;
        remainders[i] = total * weights[i] % sum;
      } else {
        var exact = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights[i]));
        var shared = exact.divideAndRemainder(BigInteger.valueOf(sum));
        parts[i] = shared[0].longValueExact();
        remainders[i] = shared[1].longValueExact();
      }
      missing -= parts[i];
    }
    if (missing > 0) {
      give(missing, parts, remainders);
    }
    return parts;
  }

  /// Rounds amounts to so many places, so that they add up to their rounded sum (half up).
  public static List<BigDecimal> rounded(List<BigDecimal> amounts, int places) {
    var floors =
        new ArrayList<>(
            amounts.stream().map(amount -> amount.setScale(places, RoundingMode.FLOOR)).toList());
    var sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    var missing =
        sum.setScale(places, RoundingMode.HALF_UP)
            .subtract(floors.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .unscaledValue()
            .intValueExact();
    var remainders = new BigDecimal[floors.size()];
    Arrays.setAll(remainders, i -> amounts.get(i).subtract(floors.get(i)));
    var order = new ArrayList<>(IntStream.range(0, floors.size()).boxed().toList());
    order.sort(Comparator.comparing((Integer i) -> remainders[i]).reversed());
    for (var i : order.subList(0, missing)) {
      floors.set(i, floors.get(i).add(BigDecimal.ONE.movePointLeft(places)));
    }
    return floors;
  }

  private static void give(long missing, long[] parts, long[] remainders) {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < parts.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong((Integer i) -> remainders[i]).reversed());
    for (int i = 0; i < missing; i++) {
      parts[order.get(i)]++;
    }
  }
}
