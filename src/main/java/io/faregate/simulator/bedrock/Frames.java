package io.faregate.simulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;
import tools.jackson.databind.JsonNode;

/// Frames of the AWS event stream: prelude, headers, payload, both checksums.
final class Frames {
  private Frames() {}

  static Buffer event(String type, JsonNode json) {
    return event(type, json.toString().getBytes(UTF_8));
  }

  static Buffer event(String type, byte[] payload) {
    return frame("event", ":event-type", type, payload);
  }

  static Buffer exception(String type, String json) {
    return frame("exception", ":exception-type", type, json.getBytes(UTF_8));
  }

  private static Buffer frame(String kind, String typeName, String type, byte[] payload) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(typeName, HeaderValue.fromString(type));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString(kind));
    return Buffer.buffer(new Message(headers, payload).toByteBuffer().array());
  }
}
