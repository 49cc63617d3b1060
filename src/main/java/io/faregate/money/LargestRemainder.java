package io.faregate.money;

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
  /// @throws ArithmeticException if total times weight passes the range of a long
  public static long[] split(long total, long... weights) {
    if (total < 0 || Arrays.stream(weights).anyMatch(weight -> weight < 0)) {
      throw new IllegalArgumentException("neither the total nor a weight may be negative");
    }
    var parts = new long[weights.length];
    var sum = Arrays.stream(weights).sum();
    if (sum == 0) {
      return parts;
    }
    var remainders = new long[weights.length];
    long missing = total;
    for (int i = 0; i < weights.length; i++) {
      var exact = Math.multiplyExact(total, weights[i]);
      parts[i] = exact / sum;
      remainders[i] = exact % sum;
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
