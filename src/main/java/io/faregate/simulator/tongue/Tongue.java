package io.faregate.simulator.tongue;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/// One dialect: reads calls, and writes answers, streams and errors. Used on the provider's event
/// loop only.
public interface Tongue {
  /// What scripts call it.
  String name();

  /// Reads a call.
  ///
  /// @throws Decline 400, if the body is not a call of this dialect
  Ask read(Request request);

  /// The key that the client shows, or empty.
  String key(Request request);

  /// The body of a plain answer.
  String plain(Sale sale);

  /// All events of a streamed answer.
  List<Line> stream(Sale sale);

  /// An error as the body of an answer.
  String error(Decline decline);

  /// Further headers of an error.
  default Map<String, String> errorHeaders(Decline decline) {
    return Map.of();
  }

  /// An error as an event that ends a stream, after that many events.
  Buffer errorEvent(Sale sale, Decline decline, int eventsBefore);

  /// An event that is cut-off JSON.
  Buffer brokenEvent(Sale sale);

  /// An event of `bytes` bytes or a few more that says nothing.
  Buffer hugeEvent(Sale sale, int bytes);

  /// The `content-type` of a stream.
  default String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  /// The header that carries the id of the request.
  default String requestIdHeader() {
    return "x-request-id";
  }
}
