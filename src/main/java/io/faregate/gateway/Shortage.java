package io.faregate.gateway;

import io.faregate.budget.Hold;
import io.faregate.budget.PremiumState;
import io.faregate.money.Cost;
import io.faregate.money.Money;
import io.faregate.policy.Limited;
import io.faregate.policy.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the book refused, in the words that router, rows and clients get.
final class Shortage {
  private static final String PREMIUM_SHARE = "premium_share";
  private static final String MAX_COST = "x-faregate-max-cost-usd";
  private static final double MILLION = 1e6;

  private Shortage() {}

  static Limited of(Hold.Refused refused, Exchange exchange) {
    var premium = refused.premium();
    if (premium != null) {
      return share(refused, premium);
    }
    var state = refused.limit();
    var kind =
        switch (refused.kind()) {
          case LIMIT, PREMIUM_SHARE -> Refusal.Kind.BUDGET_EXCEEDED;
          case MAX_COST -> Refusal.Kind.MAX_COST;
          case UNPRICED -> Refusal.Kind.UNPRICED_MODEL;
          case UNBOUNDED -> Refusal.Kind.UNBOUNDED_COST;
        };
    return state == null
        ? new Limited(refused.reason(), "max_cost", "call", message(refused, exchange), null, kind)
        : new Limited(
            refused.reason(),
            state.limit().name(),
            state.limit().scope(),
            message(refused, exchange),
            state.resetsAt(),
            kind);
  }

  private static String message(Hold.Refused refused, Exchange exchange) {
    var state = refused.limit();
    var limit = state == null ? MAX_COST : state.limit().name() + " of " + state.limit().scope();
    return switch (refused.kind()) {
      case UNPRICED ->
          """
          nobody has said what the model costs, or what it costs at the service tier or in the \
          place that is asked for, and %s is a hard limit; state its price under models in \
          faregate.yaml, or leave service tier or place out\
          """
              .formatted(limit);
      case UNBOUNDED ->
          """
          no bound of this call's cost can be given, and %s is a hard limit; leave out what makes \
          it unbounded, state how often it may be used, or, if the call has a file, the window of \
          the model under models in faregate.yaml\
          """
              .formatted(limit);
      case MAX_COST ->
          """
          %s lets this call cost %s, and it may cost up to %s; send a shorter call or a lower \
          output limit, or let it cost more\
          """
              .formatted(
                  limit,
                  usd(exchange.arrival().call().maxCostNanoUsd()),
                  ceiling(refused.ceiling().cost()));
      case LIMIT, PREMIUM_SHARE -> tooLittle(refused, limit, exchange.policy().zone());
    };
  }

  private static String tooLittle(Hold.Refused refused, String limit, ZoneId zone) {
    var state = Objects.requireNonNull(refused.limit());
    return """
    %s has too little left: limit %s, spent %s, held by running calls %s, in doubt %s, free %s, \
    and this call may cost up to %s; it resets at %s; send a shorter call or a lower output \
    limit, wait, or raise the limit\
    """
        .formatted(
            limit,
            usd(state.limitNanoUsd()),
            usd(state.spentNanoUsd()),
            usd(state.heldNanoUsd()),
            usd(state.inDoubtNanoUsd()),
            usd(state.freeNanoUsd()),
            ceiling(refused.ceiling().cost()),
            time(state.resetsAt(), zone));
  }

  private static Limited share(Hold.Refused refused, PremiumState premium) {
    var workflow = premium.workflow() == null ? "calls without a workflow" : premium.workflow();
    var message =
        """
        the premium share of %s is used up: %d of %d calls went to the top tier, %s of them may; \
        it comes back with the next calls; use another tier, or raise premium_share\
        """
            .formatted(
                workflow,
                premium.premiumCalls(),
                premium.calls(),
                String.format(Locale.ROOT, "%.1f%%", premium.shareMillionths() / MILLION * 100));
    var scope = premium.workflow() == null ? "all" : "workflow:" + premium.workflow();
    return new Limited(
        refused.reason(), PREMIUM_SHARE, scope, message, null, Refusal.Kind.PREMIUM_SHARE);
  }

  private static String usd(@Nullable Long nanoUsd) {
    return nanoUsd == null ? "none" : new Money(nanoUsd).toString();
  }

  private static String ceiling(Cost cost) {
    return usd(cost.nanoUsdOrNull());
  }

  private static String time(Instant at, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone).toOffsetDateTime());
  }
}
