package io.faregate.simulator;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call as it arrived: its number, its path, and the SHA-256 of its body in hex. The raw body
/// and the headers (in order, names as sent, secrets included) are there only if the settings ask
/// for them.
public record Received(
    long number,
    String path,
    String bodySha256,
    int bodyBytes,
    @Nullable Buffer body,
    List<Map.Entry<String, String>> headers) {
  public Received {
    headers = List.copyOf(headers);
  }
}
