package io.faregate.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/// A replacement of some bytes of a body by others. Everything outside stays as it came: providers'
/// prompt caches and picky clients depend on it.
///
/// @param from first byte that goes
/// @param to first byte that stays
public record Edit(int from, int to, String with) {
  /// Bytes that go.
  public static Edit remove(int from, int to) {
    return new Edit(from, to, "");
  }

  /// Text that comes in between.
  public static Edit insert(int at, String what) {
    return new Edit(at, at, what);
  }

  /// Removes members of an object or elements of an array together with the commas that would be
  /// left over.
  ///
  /// @param all every member in order
  /// @param gone those to remove
  public static List<Edit> removeAll(List<Part> all, Collection<Part> gone) {
    var edits = new ArrayList<Edit>();
    var leaving = new HashSet<>(gone);
    Part kept = null;
    int from = -1;
    for (var part : all) {
      if (leaving.contains(part)) {
        from = from < 0 ? part.from() : from;
      } else {
        if (from >= 0) {
          edits.add(remove(from, part.from()));
          from = -1;
        }
        kept = part;
      }
    }
    if (from >= 0) {
      edits.add(remove(kept == null ? from : kept.to(), all.getLast().to()));
    }
    return edits;
  }

  /// The bytes with all edits made; they must not overlap.
  public static byte[] apply(byte[] bytes, List<Edit> edits) {
    if (edits.isEmpty()) {
      return bytes;
    }
    var sorted = new ArrayList<>(edits);
    sorted.sort(Comparator.comparingInt(Edit::from));
    var texts = new byte[sorted.size()][];
    int length = bytes.length;
    int read = 0;
    for (int i = 0; i < texts.length; i++) {
      var edit = sorted.get(i);
      if (edit.from < read) {
        throw new IllegalStateException("edits overlap at byte " + edit.from);
      }
      read = edit.to;
      texts[i] = edit.with.getBytes(StandardCharsets.UTF_8);
      length += texts[i].length - (edit.to - edit.from);
    }
    return joined(bytes, sorted, texts, new byte[length]);
  }

  private static byte[] joined(byte[] bytes, List<Edit> sorted, byte[][] texts, byte[] result) {
    int read = 0;
    int written = 0;
    for (int i = 0; i < texts.length; i++) {
      var edit = sorted.get(i);
      System.arraycopy(bytes, read, result, written, edit.from - read);
      written += edit.from - read;
      System.arraycopy(texts[i], 0, result, written, texts[i].length);
      written += texts[i].length;
      read = edit.to;
    }
    System.arraycopy(bytes, read, result, written, bytes.length - read);
    return result;
  }
}
