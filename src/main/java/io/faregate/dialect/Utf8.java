package io.faregate.dialect;

/// Tells whether bytes are text at all.
final class Utf8 {
  private static final int MAX_CODE_POINT = 0x10FFFF;

  /// The smallest code point that takes one, two, three or four bytes.
  private static final int[] SMALLEST = {0, 0x80, 0x800, 0x10000};

  private Utf8() {}

  /// Whether `[from, to)` is well-formed UTF-8: nothing cut, nothing overlong, no surrogates.
  /// Source: Unicode Standard, table 3-7.
  static boolean isWellFormed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int more = bytes[at] >= 0 ? 0 : more(bytes[at]);
      if (more < 0 || at + more >= to || (more > 0 && !isCodePoint(bytes, at, more))) {
        return false;
      }
      at += 1 + more;
    }
    return true;
  }

  /// How many bytes follow the first one of a code point; negative if it cannot be one.
  private static int more(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones < 2 || ones > 4 ? -1 : ones - 1;
  }

  private static boolean isCodePoint(byte[] bytes, int at, int more) {
    int point = bytes[at] & (0x3F >> more);
    for (int i = at + 1; i <= at + more; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return false;
      }
      point = point << 6 | (bytes[i] & 0x3F);
    }
    return point >= SMALLEST[more]
        && point <= MAX_CODE_POINT
        && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
  }
}
