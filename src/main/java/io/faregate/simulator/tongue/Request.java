package io.faregate.simulator.tongue;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/// A call as it arrived, for dialects that put a part of it into the address.
///
/// @param query of the address, or empty
/// @param model of the address, or empty
/// @param action of the address, or empty
public record Request(Buffer body, MultiMap headers, String query, String model, String action) {
  private static final ObjectReader READER =
      Text.JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// The body as a JSON object.
  ///
  /// @throws Decline 400, if it is not one
  public ObjectNode json() {
    try {
      JsonNode tree = READER.readTree(body.toString(StandardCharsets.UTF_8));
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw Decline.badRequest("The request body is not a JSON object.");
    } catch (JacksonException e) {
      throw Decline.badRequest("The request body is not valid JSON: " + e.getOriginalMessage());
    }
  }

  /// The value of a header, or empty.
  public String header(String name) {
    @Nullable String value = headers.get(name);
    return value == null ? "" : value;
  }
}
