package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The data of a server-sent event: what stands after `data:` in its lines, joined by line feeds.
/// Source: HTML Living Standard §9.2.
public final class SseText {
  private static final byte[] FIELD = "data:".getBytes(US_ASCII);

  private final byte[] bytes;
  private final int from;
  private final int to;

  private SseText(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /// The data of an event that stands in `[from, to)`, or null if it has none, as a comment has
  /// none. Nothing is copied if it is one line, as it usually is.
  public static @Nullable SseText of(byte[] bytes, int from, int to) {
    var first = line(bytes, from, to);
    var second = first == null ? null : line(bytes, first.to + 1, to);
    return first == null || second == null ? first : joined(first, second, to);
  }

  /// The bytes in which it stands.
  public byte[] bytes() {
    return bytes;
  }

  /// Its first byte.
  public int from() {
    return from;
  }

  /// The first byte after it.
  public int to() {
    return to;
  }

  /// Its bytes in an array of their own.
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /// How many bytes it is.
  public int length() {
    return to - from;
  }

  /// Whether it is that text, but for spaces around it.
  public boolean is(String text) {
    int start = from;
    while (start < to && bytes[start] == ' ') {
      start++;
    }
    int end = to;
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    return end - start == text.length()
        && new String(bytes, start, end - start, US_ASCII).equals(text);
  }

  /// The data of the first line in `[from, to)` that has any, or null.
  private static @Nullable SseText line(byte[] bytes, int from, int to) {
    int line = from;
    while (line < to) {
      int end = lineEnd(bytes, line, to);
      int value = line + FIELD.length;
      if (value <= end && Arrays.equals(bytes, line, value, FIELD, 0, FIELD.length)) {
        return new SseText(bytes, value, end);
      }
      line = end + 1;
    }
    return null;
  }

  private static SseText joined(SseText first, SseText second, int to) {
    var all = new ByteArrayOutputStream(to - first.from);
    all.write(first.bytes, first.from, first.length());
    for (var next = second; next != null; next = line(next.bytes, next.to + 1, to)) {
      all.write('\n');
      all.write(next.bytes, next.from, next.length());
    }
    return new SseText(all.toByteArray(), 0, all.size());
  }

  private static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }
}
