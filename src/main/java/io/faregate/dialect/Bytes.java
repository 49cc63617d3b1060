package io.faregate.dialect;

/// Looks for bytes in bytes.
public final class Bytes {
  private Bytes() {}

  /// Where the pattern first stands in `[from, to)`, or -1.
  public static int indexOf(byte[] bytes, byte[] pattern, int from, int to) {
    byte first = pattern[0];
    int last = to - pattern.length;
    for (int i = from; i <= last; i++) {
      if (bytes[i] == first && matches(bytes, pattern, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, byte[] pattern, int at) {
    for (int i = 1; i < pattern.length; i++) {
      if (bytes[at + i] != pattern[i]) {
        return false;
      }
    }
    return true;
  }
}
