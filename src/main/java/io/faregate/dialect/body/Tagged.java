package io.faregate.dialect.body;

import io.faregate.dialect.Bytes;
import java.nio.charset.StandardCharsets;

/// Documents that stand in a `<documents>` element of a text.
public final class Tagged {
  private static final byte[] OPEN = "<documents>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = "</documents>".getBytes(StandardCharsets.US_ASCII);

  private Tagged() {}

  /// Bytes within such elements in `[from, to)`; one that is not closed goes to the end.
  public static int documents(byte[] bytes, int from, int to) {
    int sum = 0;
    int open = Bytes.indexOf(bytes, OPEN, from, to);
    while (open >= 0) {
      int close = Bytes.indexOf(bytes, CLOSE, open, to);
      int end = close < 0 ? to : close + CLOSE.length;
      sum += end - open;
      open = Bytes.indexOf(bytes, OPEN, end, to);
    }
    return sum;
  }
}
