package io.faregate.journal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads the kinds of CBOR that [CborWriter] writes, one value after the other, and steps over all
/// others. Texts that come again and again are made once. Every method throws an
/// [IllegalArgumentException] if what it reads is not there, is malformed or is of another kind.
final class CborReader {
  private static final int MOST_DEPTH = 64;
  private static final int KNOWN_BITS = 9;
  private static final int LONGEST_KNOWN = 128;

  /// Spreads close numbers over all bits: 2 to the 64th by the golden ratio.
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private static final VarHandle SHORT = bigEndian(short[].class);
  private static final VarHandle INT = bigEndian(int[].class);
  private static final VarHandle LONG = bigEndian(long[].class);

  /// Texts that were read, each at a place that its end tells; another of that place replaces it.
  private final String[] known = new String[1 << KNOWN_BITS];

  private byte[] bytes = {};
  private int at;
  private int end;

  private static VarHandle bigEndian(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  /// Goes to the first value of these bytes.
  void read(byte[] from, int start, int length) {
    bytes = from;
    at = start;
    end = start + length;
  }

  boolean atText() {
    return kind() == Cbor.TEXT;
  }

  boolean atNumber() {
    int kind = kind();
    return kind == Cbor.NUMBER || kind == Cbor.NEGATIVE;
  }

  boolean atList() {
    return kind() == Cbor.LIST;
  }

  boolean atMap() {
    return kind() == Cbor.MAP;
  }

  /// Whether the value is yes or no.
  boolean atTruth() {
    return first() == Cbor.TRUE || first() == Cbor.FALSE;
  }

  boolean atNull() {
    return first() == Cbor.NULL;
  }

  String text() {
    int first = next();
    if ((first & Cbor.KIND) != Cbor.TEXT) {
      throw malformed("no text");
    }
    if (first == (Cbor.TEXT | Cbor.UNTIL_END)) {
      return parts();
    }
    int length = size(first);
    int from = at;
    at += length;
    return length > LONGEST_KNOWN ? new String(bytes, from, length, UTF_8) : known(from, length);
  }

  /// A text in parts, as long ones were written before this class was.
  private String parts() {
    var whole = new ByteArrayOutputStream();
    for (int first = next(); first != Cbor.END; first = next()) {
      if ((first & Cbor.KIND) != Cbor.TEXT) {
        throw malformed("a text with a part that is none");
      }
      int length = size(first);
      whole.write(bytes, at, length);
      at += length;
    }
    return whole.toString(UTF_8);
  }

  private String known(int from, int length) {
    int place = (int) ((last(from, length) * SPREAD) >>> (Long.SIZE - KNOWN_BITS));
    var text = known[place];
    if (text == null || text.length() != length || !same(text, bytes, from)) {
      text = new String(bytes, from, length, UTF_8);
      known[place] = text;
    }
    return text;
  }

  /// The last eight bytes, which tell most texts apart.
  private long last(int from, int length) {
    if (length >= Long.BYTES) {
      return (long) LONG.get(bytes, from + length - Long.BYTES);
    }
    long last = 0;
    for (int i = 0; i < length; i++) {
      last = (last << Byte.SIZE) | bytes[from + i];
    }
    return last;
  }

  /// Whether the bytes are this text; said of ASCII only, whose letters are its bytes.
  private static boolean same(String text, byte[] bytes, int from) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  long number() {
    int first = next();
    int kind = first & Cbor.KIND;
    if (kind != Cbor.NUMBER && kind != Cbor.NEGATIVE) {
      throw malformed("no whole number");
    }
    long number = argument(first);
    if (number < 0) {
      throw malformed("a number beyond 63 bits");
    }
    return kind == Cbor.NUMBER ? number : ~number;
  }

  boolean truth() {
    int first = next();
    if (first != Cbor.TRUE && first != Cbor.FALSE) {
      throw malformed("neither true nor false");
    }
    return first == Cbor.TRUE;
  }

  /// Enters a list, and returns how many values it has; -1 if it has those up to [#ends()].
  int list() {
    return enter(Cbor.LIST);
  }

  /// Enters a map, and returns how many names with values it has; -1 if it has those up to
  /// [#ends()].
  int map() {
    return enter(Cbor.MAP);
  }

  private int enter(int kind) {
    int first = next();
    if ((first & Cbor.KIND) != kind) {
      throw malformed("neither a list nor a map");
    }
    return first == (kind | Cbor.UNTIL_END) ? -1 : size(first);
  }

  /// Steps over the end of a list or map if that is what comes.
  boolean ends() {
    boolean ends = first() == Cbor.END;
    if (ends) {
      at++;
    }
    return ends;
  }

  /// Steps over a value of any kind.
  void skip() {
    skip(0);
  }

  private void skip(int depth) {
    if (depth > MOST_DEPTH) {
      throw malformed("it is too deep");
    }
    int first = next();
    int kind = first & Cbor.KIND;
    if ((first & Cbor.ARGUMENT) == Cbor.UNTIL_END) {
      skipUntilEnd(kind, depth);
      return;
    }
    switch (kind) {
      case Cbor.BYTES, Cbor.TEXT -> at += size(first);
      case Cbor.LIST -> skip(size(first), depth);
      case Cbor.MAP -> skip(2L * size(first), depth);
      case Cbor.TAG -> {
        var _ = argument(first);
        skip(depth + 1);
      }
      default -> {
        var _ = argument(first);
      }
    }
  }

  private void skip(long values, int depth) {
    for (long i = 0; i < values; i++) {
      skip(depth + 1);
    }
  }

  private void skipUntilEnd(int kind, int depth) {
    if (kind < Cbor.BYTES || kind > Cbor.MAP) {
      throw malformed("an end of nothing");
    }
    while (!ends()) {
      skip(depth + 1);
    }
  }

  private int kind() {
    return first() & Cbor.KIND;
  }

  private int first() {
    need(1);
    return bytes[at] & 0xff;
  }

  private int next() {
    int first = first();
    at++;
    return first;
  }

  /// How many bytes or values follow; no more than there are bytes.
  private int size(int first) {
    long size = argument(first);
    if (size < 0 || size > end - at) {
      throw malformed("it breaks off");
    }
    return (int) size;
  }

  private long argument(int first) {
    int small = first & Cbor.ARGUMENT;
    if (small < Cbor.ONE_BYTE) {
      return small;
    }
    if (small > Cbor.EIGHT_BYTES) {
      throw malformed("no value begins so");
    }
    int width = 1 << (small - Cbor.ONE_BYTE);
    need(width);
    int from = at;
    at += width;
    return switch (width) {
      case 1 -> bytes[from] & 0xff;
      case 2 -> (short) SHORT.get(bytes, from) & 0xffff;
      case 4 -> (int) INT.get(bytes, from) & 0xffff_ffffL;
      default -> (long) LONG.get(bytes, from);
    };
  }

  private void need(int more) {
    if (end - at < more) {
      throw malformed("it breaks off");
    }
  }

  private IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(
        "an entry of the journal cannot be read at byte %d: %s".formatted(at, what));
  }
}
