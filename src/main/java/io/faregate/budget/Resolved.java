package io.faregate.budget;

import java.util.Optional;

/// The attempts that were resolved last, and what became of them. They are kept as numbers in one
/// array: as objects they would live just long enough to be copied by one collection after the
/// other. They are looked for only when an attempt is resolved again, which is rare; so the array
/// is searched from end to end.
final class Resolved {
  /// How many are remembered.
  static final int REMEMBERED = 10_000;

  /// Two halves of the mark of an attempt, then the three amounts of its resolution.
  private static final int WIDTH = 5;

  /// Odd multipliers that spread the letters of an id over all bits: that of FNV-1a, and 2 to the
  /// 64th by the golden ratio.
  private static final long SPREAD = 0x100_0000_01b3L;

  private static final long OTHER_SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private final long[] numbers = new long[REMEMBERED * WIDTH];
  private int next;
  private int known;

  /// Remembers an attempt in place of the eldest.
  void add(String call, int attempt, Resolution resolution) {
    int at = next * WIDTH;
    numbers[at] = mark(call, attempt, SPREAD);
    numbers[at + 1] = mark(call, attempt, OTHER_SPREAD);
    numbers[at + 2] = resolution.costNanoUsd();
    numbers[at + 3] = resolution.inDoubtNanoUsd();
    numbers[at + 4] = resolution.overshootNanoUsd();
    next = (next + 1) % REMEMBERED;
    known = Math.min(known + 1, REMEMBERED);
  }

  /// What became of an attempt when it was last resolved; empty if that is forgotten.
  Optional<Resolution> find(String call, int attempt) {
    long mark = mark(call, attempt, SPREAD);
    long other = mark(call, attempt, OTHER_SPREAD);
    for (int i = 1; i <= known; i++) {
      int at = Math.floorMod(next - i, REMEMBERED) * WIDTH;
      if (numbers[at] == mark && numbers[at + 1] == other) {
        return Optional.of(new Resolution(numbers[at + 2], numbers[at + 3], numbers[at + 4]));
      }
    }
    return Optional.empty();
  }

  /// Half of the 128 bits by which an attempt is known, which no two of so few share.
  private static long mark(String call, int attempt, long spread) {
    long mark = attempt;
    for (int i = 0; i < call.length(); i++) {
      mark = (mark ^ call.charAt(i)) * spread;
      mark ^= mark >>> 32;
    }
    return mark;
  }
}
