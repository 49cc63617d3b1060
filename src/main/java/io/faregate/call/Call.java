package io.faregate.call;

import java.time.Instant;

/// One request of a client to Faregate.
///
/// @param id time-ordered and unguessable, see [CallId]
public record Call(String id, Instant startedAt, Caller caller, Work work, Demand demand) {}
