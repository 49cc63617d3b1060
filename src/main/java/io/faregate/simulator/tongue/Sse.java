package io.faregate.simulator.tongue;

import io.vertx.core.buffer.Buffer;

/// Server-sent events.
public final class Sse {
  private Sse() {}

  /// An event without a name.
  public static Buffer data(String json) {
    return Buffer.buffer("data: " + json + "\n\n");
  }

  /// An event named like the `type` in it.
  public static Buffer named(String name, String json) {
    return Buffer.buffer("event: " + name + "\ndata: " + json + "\n\n");
  }

  /// `{"padding":"xx...` with so many bytes, after the fields in `before`, which end with a comma.
  public static String padded(String before, int bytes) {
    return "{" + before + "\"padding\":\"" + "x".repeat(bytes) + "\"}";
  }
}
