package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Finds how much text an event brings without parsing it. A quote inside text is always escaped,
/// so a name with its quotes cannot be mistaken for something that the model wrote.
public final class WrittenText {
  private final List<byte[]> names;

  /// @param names of the members whose strings are text, or the ends of such names
  public WrittenText(String... names) {
    this.names = Stream.of(names).map(name -> name.getBytes(US_ASCII)).toList();
  }

  /// Bytes of text in an event, as far as it is written without spaces; 0 if none is found, or if
  /// the event is not one object of UTF-8 with all its strings and brackets closed: what is wrong
  /// with it only a parser can tell.
  public int count(SseText data) {
    var bytes = data.bytes();
    int written = 0;
    int depth = 0;
    int ends = 0;
    for (int at = data.from(); at < data.to(); at++) {
      switch (bytes[at]) {
        case '"' -> {
          int end = stringEnd(bytes, at + 1, data.to());
          if (end == data.to()) {
            return 0;
          }
          written += isText(bytes, data.from(), at) ? end - at - 1 : 0;
          at = end;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          ends += depth == 0 ? 1 : 0;
        }
        default -> {
          // Digits, words and spaces are a parser's to judge.
        }
      }
    }
    boolean whole = depth == 0 && ends == 1;
    return whole && Utf8.isWellFormed(bytes, data.from(), data.to()) ? written : 0;
  }

  /// The place of the quote that ends a string, or `to` if there is none.
  private static int stringEnd(byte[] bytes, int start, int to) {
    int end = start;
    while (end < to && bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    return Math.min(end, to);
  }

  /// Whether the string that begins there is the value of a name of text.
  private boolean isText(byte[] bytes, int from, int at) {
    if (at - from < 2 || bytes[at - 1] != ':' || bytes[at - 2] != '"') {
      return false;
    }
    for (var name : names) {
      int start = at - 2 - name.length;
      if (start >= from && Arrays.equals(bytes, start, at - 2, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }
}
