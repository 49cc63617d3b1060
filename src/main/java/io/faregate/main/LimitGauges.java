package io.faregate.main;

import io.faregate.budget.Book;
import io.faregate.budget.LimitState;
import io.faregate.budget.PremiumState;
import io.faregate.telemetry.Gauges.PremiumShare;
import io.faregate.telemetry.Gauges.SpendLimit;
import java.time.InstantSource;
import java.util.List;

/// The limits of the book as the metrics show them: those that are set, without those of keys.
record LimitGauges(Book book, InstantSource clock) {
  private static final double NANOS = 1e9;

  List<SpendLimit> limits() {
    return book.limits(clock.instant()).stream()
        .filter(state -> state.limitNanoUsd() != null && !state.limit().isOfKey())
        .map(LimitGauges::gauge)
        .toList();
  }

  List<PremiumShare> shares() {
    return book.premium().stream().map(LimitGauges::gauge).toList();
  }

  private static SpendLimit gauge(LimitState state) {
    var limit = state.limitNanoUsd();
    return new SpendLimit(
        state.limit().name(),
        state.limit().scope(),
        limit == null ? 0 : limit / NANOS,
        state.spentNanoUsd() / NANOS,
        state.heldNanoUsd() / NANOS,
        state.inDoubtNanoUsd() / NANOS);
  }

  private static PremiumShare gauge(PremiumState state) {
    var workflow = state.workflow();
    return new PremiumShare(
        workflow == null ? "" : workflow,
        state.calls() == 0 ? 0 : (double) state.premiumCalls() / state.calls());
  }
}
