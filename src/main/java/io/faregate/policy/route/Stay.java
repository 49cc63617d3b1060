package io.faregate.policy.route;

import static io.faregate.call.Reason.AFFINITY;
import static io.faregate.call.Reason.NO_JUSTIFICATION;
import static io.faregate.call.Reason.UNHEALTHY;
import static io.faregate.call.Reason.USER_TIER;

import io.faregate.call.ModelId;
import io.faregate.money.Cost;
import io.faregate.money.Money;
import io.faregate.money.Rates;
import io.faregate.money.Usage;
import io.faregate.policy.Affinity;
import io.faregate.policy.Tier;
import io.faregate.policy.route.Router.Question;
import org.jspecify.annotations.Nullable;

/// After part 5 of the decision: whether a call goes on with the model of its session. It does
/// while the prompt cache there is worth more than the switch: the estimated input at that model,
/// as much of it read from the cache as the last call left there, costs no more than all of it,
/// unread, at the model that the policy would take. Plan, limits and health go before. Source:
/// PRODUCT §3.
final class Stay {
  private static final String RULE = "affinity";

  private final Question question;
  private final Context context;
  private final Trail trail;

  Stay(Question question, Context context, Trail trail) {
    this.question = question;
    this.context = context;
    this.trail = trail;
  }

  /// Where the call goes on.
  ///
  /// @param tier of the model
  record Place(Tier tier, ModelId model) {}

  /// Where the session goes on if the policy would start on that tier, or null where it does not.
  @Nullable Place of(Tier planned) {
    var affinity = question.snapshot().affinity();
    if (affinity == null) {
      return null;
    }
    var model = affinity.model();
    var tier =
        planned.models().contains(model)
            ? planned
            : question.policy().tierOf(model).orElse(planned);
    var against = against(tier, model);
    if (against != null) {
      trail.passed(RULE, "the session does not go on with %s: %s".formatted(model, against));
      return null;
    }
    var other = first(planned);
    if (model.equals(other)) {
      return new Place(tier, model);
    }
    var worth = affinity.tied() ? null : worth(affinity, tier.equals(planned), other);
    if (worth != null && !worth.kept()) {
      trail.passed(RULE, "the session does not go on with %s: %s".formatted(model, worth.why()));
      return null;
    }
    var why = worth == null ? "only its provider can go on from its answer" : worth.why();
    if (tier.equals(planned)) {
      trail.matched(RULE, "the session goes on with %s: %s".formatted(model, why));
    } else {
      trail.moved(
          RULE,
          AFFINITY,
          "%s instead of %s, where the session goes on with %s: %s"
              .formatted(tier.name(), planned.name(), model, why));
    }
    return new Place(tier, model);
  }

  /// What stands in the way, or null if nothing does.
  private @Nullable String against(Tier tier, ModelId model) {
    var plan = question.assignment().plan();
    if (!plan.tiers().contains(tier.name())) {
      return "plan %s has no tier %s (%s)".formatted(plan.name(), tier.name(), USER_TIER.word());
    }
    if (question.unjustified(tier)) {
      return "%s wants a justification (%s)".formatted(tier.name(), NO_JUSTIFICATION.word());
    }
    if (tier.rank() < context.lowestRank() || !context.models(tier).contains(model)) {
      return "it cannot take the call";
    }
    if (question.snapshot().unhealthy().contains(model)) {
      return "it fails at present (%s)".formatted(UNHEALTHY.word());
    }
    var limited = question.snapshot().limited().get(tier.name());
    return limited == null ? null : "%s (%s)".formatted(HardLimits.why(limited), limited.word());
  }

  private ModelId first(Tier planned) {
    var models = context.models(planned);
    return models.stream()
        .filter(model -> !question.snapshot().unhealthy().contains(model))
        .findFirst()
        .orElse(models.getFirst());
  }

  private record Worth(boolean kept, String why) {}

  /// A switch within a tier whose prices nobody knows gains nothing that could be shown.
  private Worth worth(Affinity affinity, boolean sameTier, ModelId other) {
    var total = context.tokens().total();
    var staying = cost(affinity.model(), Math.min(affinity.warmTokens(), total), affinity);
    var switching = cost(other, 0, affinity);
    if (affinity.warmTokens() == 0) {
      return new Worth(false, "nothing of it is in a prompt cache any more");
    }
    if (staying == null || switching == null) {
      return new Worth(sameTier, "what the switch would cost is not known");
    }
    var kept = staying <= switching;
    return new Worth(
        kept,
        "about %s there with its prompt cache, %s at %s without"
            .formatted(new Money(staying), new Money(switching), other));
  }

  /// The estimated cost in nano-dollars of the call at a model, so much of it read from its cache;
  /// null when unpriced.
  private @Nullable Long cost(ModelId model, long warm, Affinity affinity) {
    var price = question.policy().price(model, question.snapshot().day()).orElse(null);
    if (price == null) {
      return null;
    }
    var total = context.tokens().total();
    var rates = price.rates(total);
    var read = readable(rates) ? warm : 0;
    var usage = new Usage(total - read, read, 0, 0, affinity.outputTokens(), 0);
    return switch (rates.cost(usage)) {
      case Cost.Priced(var nanoUsd) -> nanoUsd;
      case Cost.Unpriced _ -> null;
    };
  }

  private static boolean readable(Rates rates) {
    return rates.cacheRead() != null;
  }
}
