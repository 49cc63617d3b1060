package io.faregate.gateway;

import io.faregate.budget.Ceiling;
import io.faregate.budget.Hold;
import io.faregate.budget.LimitState;
import io.faregate.budget.PremiumState;
import io.faregate.call.Reason;
import io.faregate.money.Cost;
import io.faregate.money.Money;
import io.faregate.policy.Limited;
import io.faregate.policy.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the book refused, in the words that router, rows and clients get.
final class Shortage {
  private static final String PREMIUM_SHARE = "premium_share";
  private static final String MAX_COST = "x-faregate-max-cost-usd";
  private static final double MILLION = 1e6;

  private Shortage() {}

  static Limited of(Hold.Refused refused, Exchange exchange) {
    return switch (refused.barrier()) {
      case Hold.NoCredit(var premium) -> share(premium);
      case Hold.NoPrice(var state) ->
          limited(refused, state, Refusal.Kind.UNPRICED_MODEL, unpriced(name(state)));
      case Hold.NoBound(_, var state) ->
          limited(refused, state, Refusal.Kind.UNBOUNDED_COST, unbounded(name(state)));
      case Hold.TooLittle(_, var state) -> {
        var message = tooLittle(state, refused.ceiling(), exchange.policy().zone());
        yield limited(refused, state, Refusal.Kind.BUDGET_EXCEEDED, message);
      }
      case Hold.MaxCost() ->
          limited(refused, null, Refusal.Kind.MAX_COST, tooDear(refused.ceiling(), exchange));
    };
  }

  /// @param state of the limit in the way; null for what the call brought along
  private static Limited limited(
      Hold.Refused refused, @Nullable LimitState state, Refusal.Kind kind, String message) {
    var reason = refused.barrier().reason();
    if (state == null) {
      return new Limited(reason, "max_cost", "call", message, null, kind);
    }
    var limit = state.limit();
    return new Limited(reason, limit.name(), limit.scope(), message, state.resetsAt(), kind);
  }

  private static String name(@Nullable LimitState state) {
    return state == null ? MAX_COST : state.limit().name() + " of " + state.limit().scope();
  }

  private static String unpriced(String limit) {
    return """
    nobody has said what the model costs, or what it costs at the service tier or in the place \
    that is asked for, and %s is a hard limit; state its price under models in faregate.yaml, or \
    leave service tier or place out\
    """
        .formatted(limit);
  }

  private static String unbounded(String limit) {
    return """
    no bound of this call's cost can be given, and %s is a hard limit; leave out what makes it \
    unbounded, state how often it may be used, or, if the call has a file, the window of the model \
    under models in faregate.yaml\
    """
        .formatted(limit);
  }

  private static String tooDear(Ceiling ceiling, Exchange exchange) {
    return """
    %s lets this call cost %s, and it may cost up to %s; send a shorter call or a lower output \
    limit, or let it cost more\
    """
        .formatted(
            MAX_COST, usd(exchange.arrival().call().maxCostNanoUsd()), ceiling(ceiling.cost()));
  }

  private static String tooLittle(LimitState state, Ceiling ceiling, ZoneId zone) {
    return """
    %s has too little left: limit %s, spent %s, held by running calls %s, in doubt %s, free %s, \
    and this call may cost up to %s; it resets at %s; send a shorter call or a lower output \
    limit, wait, or raise the limit\
    """
        .formatted(
            name(state),
            usd(state.limitNanoUsd()),
            usd(state.spentNanoUsd()),
            usd(state.heldNanoUsd()),
            usd(state.inDoubtNanoUsd()),
            usd(state.freeNanoUsd()),
            ceiling(ceiling.cost()),
            time(state.resetsAt(), zone));
  }

  private static Limited share(PremiumState premium) {
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
    return new Limited(
        Reason.PREMIUM_SHARE_LIMIT,
        PREMIUM_SHARE,
        premium.scope(),
        message,
        null,
        Refusal.Kind.PREMIUM_SHARE);
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
