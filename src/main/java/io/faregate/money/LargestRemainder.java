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
    if (Math.multiplyHigh(total, sum) != 0 || total * sum < 0) {
      return split(total, Arrays.stream(weights).mapToObj(BigInteger::valueOf).toList());
    }
    var remainders = new long[weights.length];
    long missing = total;
    for (int i = 0; i < weights.length; i++) {
      parts[i] = total * weights[i] / sum;
      remainders[i] = total * weights[i] % sum;
      missing -= parts[i];
    }
    give(missing, parts, Comparator.comparingLong(i -> remainders[i]));
    return parts;
  }

  /// The same with weights of any size.
  ///
  /// @throws IllegalArgumentException if a weight or the total is negative
  public static long[] split(long total, List<BigInteger> weights) {
    if (total < 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
      throw new IllegalArgumentException("neither the total nor a weight may be negative");
    }
    var sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
    var parts = new long[weights.size()];
    if (sum.signum() == 0) {
      return parts;
    }
    var remainders = new ArrayList<BigInteger>();
    long missing = total;
    for (int i = 0; i < parts.length; i++) {
      var exact = BigInteger.valueOf(total).multiply(weights.get(i));
      var shared = exact.divideAndRemainder(sum);
      parts[i] = shared[0].longValueExact();
      remainders.add(shared[1]);
      missing -= parts[i];
    }
    give(missing, parts, Comparator.comparing(remainders::get));
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

  private static void give(long missing, long[] parts, Comparator<Integer> byRemainder) {
    if (missing == 0) {
      return;
    }
    var order = new ArrayList<Integer>();
    for (int i = 0; i < parts.length; i++) {
      order.add(i);
    }
    order.sort(byRemainder.reversed());
    for (int i = 0; i < missing; i++) {
      parts[order.get(i)]++;
    }
  }
}
