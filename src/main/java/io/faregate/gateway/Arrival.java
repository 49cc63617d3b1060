package io.faregate.gateway;

import io.faregate.call.Call;
import io.faregate.call.Demand;
import io.faregate.dialect.Body;
import io.faregate.dialect.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call as it came in, read and attributed.
///
/// @param forwarded the client's headers that go on to the provider
/// @param requestId the client's own id of the request, or null
/// @param clientRetries how often the client has tried before
/// @param patience how long the client waits for an answer, as it says; null if it does not
/// @param arrivedNanos when the request had come whole, by [Time#nanos()]
public record Arrival(
    Call call,
    Body body,
    Dialect dialect,
    List<Header> forwarded,
    @Nullable String requestId,
    int clientRetries,
    @Nullable Duration patience,
    long arrivedNanos) {
  /// The date at `nanos` by [Time#nanos()]: that at which the call came, and what has passed since.
  /// So a call never ends before it began, even if the clock is set.
  Instant at(long nanos) {
    return call.startedAt().plusNanos(nanos - arrivedNanos);
  }

  /// The same call asking for something else.
  Arrival asking(Demand demand) {
    return new Arrival(
        call.asking(demand),
        body,
        dialect,
        forwarded,
        requestId,
        clientRetries,
        patience,
        arrivedNanos);
  }
}
