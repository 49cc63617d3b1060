package io.faregate.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;

/// Shares a whole among parts so that the rounded parts add up to the whole: every part is floored,
/// and the missing units go to the largest remainders, ties in listed order. Source: FORMULAS §1.1.
public final class LargestRemainder {
  private LargestRemainder() {}

  /// Splits `total` units in proportion to the weights. All parts are 0 when all weights are.
  ///
  /// @throws IllegalArgumentException if a weight or the total is negative
  /// @throws ArithmeticException if the weights together pass the range of a long
  public static long[] split(long total, long... weights) {
    if (total < 0 || Arrays.stream(weights).anyMatch(weight -> weight < 0)) {
      throw new IllegalArgumentException("neither the total nor a weight may be negative");
    }
    var parts = new long[weights.length];
    var sum = Arrays.stream(weights).reduce(0, Math::addExact);
    if (sum == 0) {
      return parts;
    }
    var remainders = new long[weights.length];
    long missing = total;
    for (int i = 0; i < weights.length; i++) {
      var exact = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights[i]));
      var shared = exact.divideAndRemainder(BigInteger.valueOf(sum));
      parts[i] = shared[0].longValueExact();
      remainders[i] = shared[1].longValueExact();
      missing -= parts[i];
    }
    give(missing, parts, remainders);
    return parts;
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
