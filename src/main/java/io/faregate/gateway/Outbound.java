package io.faregate.gateway;

import io.faregate.call.ModelId;
import io.faregate.dialect.Carriage;
import java.util.ArrayList;
import java.util.List;

/// One request to a provider, ready to be sent.
///
/// @param path below the provider's base URL
/// @param headers the client's that are passed on; credentials are the provider's own
/// @param body is not copied and must not be changed
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of a large body would cost
public record Outbound(ModelId model, String path, List<Header> headers, byte[] body) {
  /// Headers that mean something to the vendor that the client was written for alone.
  private static final List<String> VENDORS = List.of("openai-", "anthropic-");

  /// The request of an attempt that is carried so.
  public static Outbound of(ModelId model, Carriage carriage, List<Header> forwarded) {
    var headers = new ArrayList<Header>(forwarded.size() + 1);
    for (var header : forwarded) {
      if (carriage.straight() || VENDORS.stream().noneMatch(header.name()::startsWith)) {
        headers.add(header);
      }
    }
    carriage
        .headers()
        .forEach((name, value) -> {
          if (Header.value(headers, name) == null) {
            headers.add(new Header(name, value));
          }
        });
    return new Outbound(model, carriage.path(), headers, carriage.body());
  }
}
