package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Finds how much text an event brings without parsing it. A quote inside text is always escaped,
/// so a name with its quotes cannot be mistaken for something that the model wrote.
public final class WrittenText {
  private static final byte[] STRING = "\":\"".getBytes(US_ASCII);

  private final List<byte[]> names;

  /// @param names of the members whose strings are text, or the ends of such names
  public WrittenText(String... names) {
    this.names = Stream.of(names).map(name -> name.getBytes(US_ASCII)).toList();
  }

  /// Bytes of text in an event, as far as it is written without spaces; 0 if none is found, or if
  /// the event is no whole object, which only a parser can tell of.
  public int count(SseText data) {
    var bytes = data.bytes();
    if (!isWhole(data)) {
      return 0;
    }
    int written = 0;
    int at = Bytes.indexOf(bytes, STRING, data.from(), data.to());
    while (at >= 0) {
      int start = at + STRING.length;
      int end = stringEnd(bytes, start, data.to());
      if (isText(bytes, data.from(), at)) {
        written += end - start;
      }
      at = Bytes.indexOf(bytes, STRING, end, data.to());
    }
    return written;
  }

  /// Whether every bracket and string is closed, and nothing follows the first one's end.
  private static boolean isWhole(SseText data) {
    var bytes = data.bytes();
    int depth = 0;
    int ends = 0;
    for (int at = data.from(); at < data.to(); at++) {
      switch (bytes[at]) {
        case '"' -> at = stringEnd(bytes, at + 1, data.to());
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          ends += depth == 0 ? 1 : 0;
        }
        default -> {
          // Digits, words and spaces are a parser's to judge.
        }
      }
      if (at == data.to()) {
        return false;
      }
    }
    return depth == 0 && ends == 1;
  }

  private static int stringEnd(byte[] bytes, int start, int to) {
    int end = start;
    while (end < to && bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    return Math.min(end, to);
  }

  /// Whether a name of text ends before that place.
  private boolean isText(byte[] bytes, int from, int to) {
    for (var name : names) {
      int start = to - name.length;
      if (start >= from && Arrays.equals(bytes, start, to, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }
}
