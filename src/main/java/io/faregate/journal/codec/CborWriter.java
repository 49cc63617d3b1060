package io.faregate.journal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the kinds of CBOR ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949)) that entries are
/// made of, into a buffer that it keeps. Not for several threads at once.
final class CborWriter {
  private static final int COMMON_BYTES = 1024;

  /// The longest beginning of a value: its kind, and how much or how many.
  private static final int LONGEST_START = 9;

  private static final VarHandle SHORT = bigEndian(short[].class);
  private static final VarHandle INT = bigEndian(int[].class);
  private static final VarHandle LONG = bigEndian(long[].class);

  private final CharsetEncoder utf8 =
      StandardCharsets.UTF_8
          .newEncoder()
          // A client may send half a surrogate pair; that must not keep its cost from being
          // written.
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith("\ufffd".getBytes(StandardCharsets.UTF_8));

  private final int from;
  private byte[] bytes = new byte[COMMON_BYTES];
  private int end;

  /// A writer that leaves so many bytes at the beginning free.
  CborWriter(int from) {
    this.from = from;
  }

  private static VarHandle bigEndian(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  /// Forgets what was written.
  void clear() {
    end = from;
  }

  /// What was written, up to [#end()] and until the next value.
  byte[] bytes() {
    return bytes;
  }

  int end() {
    return end;
  }

  /// A list of what follows, up to [#endList()].
  void beginList() {
    put(Cbor.LIST | Cbor.UNTIL_END);
  }

  void endList() {
    put(Cbor.END);
  }

  /// A list of the next so many values.
  void list(int size) {
    start(Cbor.LIST, size);
  }

  void nothing() {
    put(Cbor.NULL);
  }

  void truth(boolean truth) {
    put(truth ? Cbor.TRUE : Cbor.FALSE);
  }

  void number(long number) {
    if (number < 0) {
      start(Cbor.NEGATIVE, ~number);
    } else {
      start(Cbor.NUMBER, number);
    }
  }

  void text(String text) {
    int before = end;
    int length = text.length();
    start(Cbor.TEXT, length);
    room(length);
    if (copy(text, bytes, end)) {
      end += length;
    } else {
      end = before;
      unicode(text);
    }
  }

  /// Copies a text of ASCII; false if it is none.
  private static boolean copy(String text, byte[] to, int at) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      letters |= letter;
      to[at + i] = (byte) letter;
    }
    return letters < 0x80;
  }

  /// Text that has not one byte for each of its letters.
  private void unicode(String text) {
    ByteBuffer encoded;
    try {
      encoded = utf8.encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException impossible) {
      throw new IllegalStateException("malformed text is replaced", impossible);
    }
    int length = encoded.remaining();
    start(Cbor.TEXT, length);
    room(length);
    encoded.get(bytes, end, length);
    end += length;
  }

  private void start(int kind, long argument) {
    room(LONGEST_START);
    if (argument < Cbor.ONE_BYTE) {
      bytes[end++] = (byte) (kind | (int) argument);
    } else if (argument < 1 << 8) {
      bytes[end] = (byte) (kind | Cbor.ONE_BYTE);
      bytes[end + 1] = (byte) argument;
      end += 2;
    } else if (argument < 1 << 16) {
      bytes[end] = (byte) (kind | Cbor.TWO_BYTES);
      SHORT.set(bytes, end + 1, (short) argument);
      end += 3;
    } else if (argument < 1L << 32) {
      bytes[end] = (byte) (kind | Cbor.FOUR_BYTES);
      INT.set(bytes, end + 1, (int) argument);
      end += 5;
    } else {
      bytes[end] = (byte) (kind | Cbor.EIGHT_BYTES);
      LONG.set(bytes, end + 1, argument);
      end += 9;
    }
  }

  private void put(int value) {
    room(1);
    bytes[end++] = (byte) value;
  }

  private void room(int more) {
    if (bytes.length - end < more) {
      bytes = Arrays.copyOf(bytes, Math.max(end + more, bytes.length * 2));
    }
  }
}
