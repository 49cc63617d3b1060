package io.faregate.gateway;

import io.faregate.call.ModelId;
import java.util.List;

/// One request to a provider, ready to be sent.
///
/// @param path below the provider's base URL
/// @param headers the client's that are passed on; credentials are the provider's own
/// @param body is not copied and must not be changed
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of a large body would cost
public record Outbound(ModelId model, String path, List<Header> headers, byte[] body) {}
