package io.faregate.ledger;

import org.jspecify.annotations.Nullable;

/// What reports group an attempt or a call by, besides model and tier.
public record Dimensions(
    String key, String plan, @Nullable String workflow, @Nullable String step, String task) {}
