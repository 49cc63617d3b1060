package io.faregate.dialect.carry;

import io.faregate.dialect.Body;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one attempt carries.
///
/// @param changes what is changed of the body before it goes
/// @param call our id of the call, for answers that come without one
/// @param at when the call came, which is when its answer was begun
/// @param provider its name in the policy
/// @param mostOutput what the model can write, in tokens; null when nobody said
public record Cargo(
    Body body,
    Body.Changes changes,
    String call,
    Instant at,
    String provider,
    @Nullable Long mostOutput) {}
