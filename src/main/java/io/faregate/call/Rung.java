package io.faregate.call;

import org.jspecify.annotations.Nullable;

/// One model of a chain, with the kind of attempt that it would be and the reason that leads to it;
/// null for a first attempt on the first tier.
public record Rung(String tier, ModelId model, AttemptKind kind, @Nullable Reason reason) {}
