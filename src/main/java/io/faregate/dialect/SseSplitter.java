package io.faregate.dialect;

/// Cuts a stream of server-sent events into whole events, whatever the pieces in which it comes. An
/// event ends at an empty line; lines end in LF, CRLF or CR. Source: HTML Living Standard §9.2.
public final class SseSplitter {
  private static final int MAX_EVENT = 16 * 1024 * 1024;

  /// Room for the largest event and the pieces around its ends: beyond that nothing doubles.
  private static final int MAX_ROOM = MAX_EVENT + 128 * 1024;

  private byte[] bytes = {};
  private boolean own;
  private int length;
  private int taken;
  private int scanned;

  /// Adds what has come.
  ///
  /// @throws DialectException if an event grows over 16 MiB
  public void add(byte[] piece) {
    int rest = length - taken;
    if (rest == 0) {
      bytes = piece;
      own = false;
      scanned = 0;
    } else if (rest > MAX_EVENT) {
      throw new DialectException("an event of the stream is larger than 16 MiB", (String) null);
    } else {
      append(piece, rest);
      scanned -= taken;
    }
    length = rest + piece.length;
    taken = 0;
  }

  /// Joins the rest of what had come with a piece. The room doubles, so that a large event in many
  /// pieces is not copied once for each of them.
  private void append(byte[] piece, int rest) {
    if (!own || bytes.length - taken < rest + piece.length || taken > 0) {
      var room = new byte[Math.max(rest + piece.length, Math.min(2 * rest, MAX_ROOM))];
      System.arraycopy(bytes, taken, room, 0, rest);
      bytes = room;
      own = true;
    }
    System.arraycopy(piece, 0, bytes, rest, piece.length);
  }

  /// The first byte after the next whole event, which begins at [#from()], or -1 if it has not all
  /// come yet.
  public int next() {
    for (int i = Math.max(scanned, taken); i < length; i++) {
      int end = emptyLineEnd(i);
      if (end > 0) {
        scanned = end;
        return end;
      }
    }
    // An empty line may be cut in two: the last bytes are looked at again with the next piece.
    scanned = Math.max(taken, length - 3);
    return -1;
  }

  /// The first byte after all that has come: up to there lies what is no whole event yet.
  public int to() {
    return length;
  }

  /// The first byte of the event that [#next()] has found.
  public int from() {
    return taken;
  }

  /// Goes on after the event.
  public void take(int end) {
    taken = end;
  }

  /// What has come; the places that this class tells lie in it.
  public byte[] bytes() {
    return bytes;
  }

  /// The first byte after two line ends in a row that begin at `i`, or -1.
  private int emptyLineEnd(int i) {
    if (bytes[i] == '\n') {
      return i + 1 < length && bytes[i + 1] == '\n'
          ? i + 2
          : i + 2 < length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n' ? i + 3 : -1;
    }
    return bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\r' ? i + 2 : -1;
  }
}
