package io.faregate.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks for bytes in bytes.
public final class Bytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;

  private Bytes() {}

  /// Where the pattern first stands in `[from, to)`, or -1.
  public static int indexOf(byte[] bytes, byte[] pattern, int from, int to) {
    int last = to - pattern.length;
    int at = next(bytes, pattern[0], from, last);
    while (at >= 0 && !matches(bytes, pattern, at)) {
      at = next(bytes, pattern[0], at + 1, last);
    }
    return at;
  }

  /// Where the byte first stands in `[from, last]`, or -1. Eight are looked at together: a byte of
  /// the difference that is zero borrows from its highest bit.
  private static int next(byte[] bytes, byte wanted, int from, int last) {
    long eight = EACH * (wanted & 0xff);
    int at = from;
    for (int lastEight = last - 7; at <= lastEight; at += 8) {
      long difference = (long) EIGHT.get(bytes, at) ^ eight;
      long zeros = (difference - EACH) & ~difference & (EACH << 7);
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / 8;
      }
    }
    while (at <= last && bytes[at] != wanted) {
      at++;
    }
    return at <= last ? at : -1;
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
