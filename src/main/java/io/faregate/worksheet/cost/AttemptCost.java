package io.faregate.worksheet.cost;

import io.faregate.call.AttemptKind;
import io.faregate.worksheet.plan.Target;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The attempts of one kind that a call of a route leads to: a derived row, never typed.
///
/// @param attempts for each call that starts; those of every turn of a conversation
/// @param usd what they cost for each call that starts; null when unpriced
public record AttemptCost(
    AttemptKind kind, Target target, BigDecimal attempts, @Nullable BigDecimal usd) {}
