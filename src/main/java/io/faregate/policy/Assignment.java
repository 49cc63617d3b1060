package io.faregate.policy;

import io.faregate.call.ModelId;
import io.faregate.call.Source;
import org.jspecify.annotations.Nullable;

/// What a call turned out to be: its row of the routing table, its plan, and its place in a
/// product.
///
/// @param row the task, or the step with its own settings laid over the task
/// @param pin the only model that may serve it, or null
public record Assignment(
    @Nullable String workflow,
    @Nullable String step,
    Plan plan,
    Task row,
    Source taskSource,
    @Nullable ModelId pin) {}
