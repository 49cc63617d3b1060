package io.faregate.worksheet.plan;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How long a call is, in tokens. A conversation of several turns is one shape: every turn sends
/// all that was said before it again. Source: FORMULAS §2.3.
///
/// @param input of the first turn, by segment; an input that is not split is all `user`
/// @param output of each turn
/// @param turns 1 for a single call
public record Shape(Segments input, long output, int turns, Caching caching, ServiceTier service) {
  public Shape {
    if (output < 0 || turns < 1) {
      throw new IllegalArgumentException("%d tokens out in %d turns".formatted(output, turns));
    }
  }

  /// A single call without a cache.
  public static Shape of(long input, long output) {
    return new Shape(
        new Segments(0, input, 0, 0, 0, 0), output, 1, Caching.none(), ServiceTier.STANDARD);
  }

  /// The same without a cache.
  public Shape uncached() {
    return new Shape(input, output, turns, Caching.none(), service);
  }

  /// The input of a turn, counted from 0: what is new in each turn and each answer become history.
  public Segments turn(int turn) {
    var added = Math.addExact(Math.addExact(input.user(), input.toolResults()), output);
    return input.withHistory(Math.addExact(input.history(), Math.multiplyExact(added, turn)));
  }

  /// The billed tokens of each turn.
  public List<Usage> usages() {
    var usages = new ArrayList<Usage>(turns);
    for (int turn = 0; turn < turns; turn++) {
      usages.add(usage(turn));
    }
    return usages;
  }

  private Usage usage(int turn) {
    if (caching.equals(Caching.none())) {
      return Usage.of(turn(turn).total(), output);
    }
    var sum = Usage.of(0, output);
    for (var part : laid(turn).values()) {
      sum = sum.plus(part);
    }
    return sum;
  }

  /// The input of a turn as it is billed, by segment.
  public Map<Segment, Usage> laid(int turn) {
    return caching.laid(turn(turn));
  }

  /// The input of the last turn, which is the longest.
  public long longestInput() {
    return turn(turns - 1).total();
  }

  /// The billed tokens of all turns.
  public Usage usage() {
    return usages().stream().reduce(Usage.NONE, Usage::plus);
  }

  /// Whether the input is split by segment.
  public boolean isSplit() {
    return input.total() != input.user();
  }
}
