package io.faregate.policy.route;

import static io.faregate.call.Reason.LONG_CONTEXT;
import static io.faregate.call.Reason.NO_JUSTIFICATION;
import static io.faregate.call.Reason.UNSUPPORTED;
import static io.faregate.call.Reason.USER_TIER;
import static io.faregate.policy.Limits.WhenLimited.REFUSE;

import io.faregate.call.Capability;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.policy.Plan;
import io.faregate.policy.Refusal;
import io.faregate.policy.Tier;
import io.faregate.policy.route.Router.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parts 2, 5 and 6 of the decision: the first tier, and what context, plan and limits make of it.
final class Start {
  private final Question question;
  private final Context context;
  private final Trail trail;
  private final List<Tier> ladder;
  private final Plan plan;
  private Stay.@Nullable Place stay;

  Start(Question question, Context context, Trail trail) {
    this.question = question;
    this.context = context;
    this.trail = trail;
    this.ladder = question.policy().tiers();
    this.plan = question.assignment().plan();
  }

  /// Where a call starts that leaves the model to the policy.
  Found<Tier> tier() {
    var first = question.firstTier();
    var large = largeEnough(first);
    if (large.isEmpty()) {
      return new Found.Refused<>(nothingFits());
    }
    var planned = planned(large.get());
    if (planned.isEmpty()) {
      return refused(
          Refusal.Kind.CONTEXT_LIMIT,
          USER_TIER,
          """
          plan %s has no tier with a model for %d tokens of input and what the call needs; \
          shorten the call or use another plan\
          """
              .formatted(plan.name(), context.tokens().total()));
    }
    var justified = justified(planned.get());
    if (justified.isEmpty()) {
      return unjustified(planned.get());
    }
    stay = new Stay(question, context, trail).of(justified.get());
    return withinLimits(stay == null ? justified.get() : stay.tier());
  }

  /// The model that the session of the call goes on with on that tier, or null for none.
  @Nullable ModelId session(Tier tier) {
    return stay == null || !stay.tier().equals(tier) ? null : stay.model();
  }

  /// The tier of a call that chose its model, which is never moved. A model outside the ladder
  /// counts as the top tier, so that no pin is cheaper to get than its price; one that embeds, of
  /// which no tier has any, as the lowest of the plan.
  Found<Tier> tierOf(ModelId model) {
    var tier = question.policy().tierOf(model).orElseGet(this::outside);
    if (!plan.tiers().contains(tier.name())) {
      return refused(
          Refusal.Kind.NOT_ALLOWED,
          USER_TIER,
          "plan %s has no tier %s, in which %s is; use \"auto\" or another plan"
              .formatted(plan.name(), tier.name(), model));
    }
    if (question.unjustified(tier)) {
      return unjustified(tier);
    }
    if (!Context.allowed(question, model)) {
      return new Found.Refused<>(
          trail.refuse(
              Refusal.Kind.NOT_ALLOWED,
              "key %s may not be served by %s; use one of its models"
                  .formatted(question.call().caller().key(), model)));
    }
    if (!Context.carried(question, model)) {
      return refused(
          Refusal.Kind.UNSUPPORTED,
          UNSUPPORTED,
          "%s cannot take the call: %s; leave that out, or name another model"
              .formatted(model, uncarried(model)));
    }
    if (!Context.holds(question, model, context.bytes(), context.outputLimit())) {
      return new Found.Refused<>(
          trail.refuse(
              Refusal.Kind.CONTEXT_LIMIT,
              """
              the model %s does not hold %d tokens of input with their output%s; \
              use "auto", or shorten the call\
              """
                  .formatted(model, context.tokens().total(), needs())));
    }
    var limited = question.snapshot().limited().get(tier.name());
    if (limited != null) {
      trail.matched(
          HardLimits.place(question, limited),
          "the call chose %s and is not moved: %s".formatted(model, HardLimits.why(limited)));
      return new Found.Refused<>(trail.refuse(limited));
    }
    trail.moved("model", Reason.PINNED, "the call chose " + model);
    return new Found.Some<>(tier);
  }

  private Tier outside() {
    return question.embeds()
        ? ladder.stream()
            .filter(tier -> plan.tiers().contains(tier.name()))
            .findFirst()
            .orElse(ladder.getFirst())
        : question.policy().top();
  }

  /// The first tier at or above that has a model for the call; else the highest one below.
  private Optional<Tier> largeEnough(Tier first) {
    var from = Math.max(first.rank(), context.lowestRank());
    if (from == first.rank() && context.fits(first)) {
      return Optional.of(first);
    }
    var above = ladder.subList(from, ladder.size()).stream();
    var below = ladder.subList(0, from).reversed().stream();
    var tier = Stream.concat(above, below).filter(context::fits).findFirst();
    tier.filter(found -> !found.equals(first)).ifPresent(found -> moved(first, found));
    return tier;
  }

  private void moved(Tier from, Tier to) {
    var ruled = to.rank() == context.lowestRank() && from.rank() < context.lowestRank();
    var reason = ruled ? LONG_CONTEXT : Context.misfit(question, from);
    trail.moved(
        "context",
        reason,
        "%s instead of %s for %d tokens of input"
            .formatted(to.name(), from.name(), context.tokens().total()));
  }

  private String uncarried(ModelId model) {
    var api = question.policy().served().get(model.provider());
    return api == null
        ? "nothing is sent to " + model.provider() + " by this version"
        : Context.uncarried(question, api);
  }

  private Refusal nothingFits() {
    if (configured().noneMatch(id -> Context.allowed(question, id))) {
      return trail.refuse(
          Refusal.Kind.NOT_ALLOWED,
          "no tier has a model that key %s may use; name one of %s as the model"
              .formatted(question.call().caller().key(), question.call().caller().models()));
    }
    var reached =
        configured().anyMatch(id -> question.policy().served().containsKey(id.provider()));
    if (!reached) {
      return trail.refuse(
          Refusal.Kind.NO_ROUTE,
          UNSUPPORTED,
          "no provider of the policy can be reached by this version; run `faregate check`");
    }
    var uncarried =
        configured()
            .filter(id -> !Context.carried(question, id))
            .map(this::uncarried)
            .distinct()
            .toList();
    if (!uncarried.isEmpty()) {
      return trail.refuse(
          Refusal.Kind.UNSUPPORTED,
          UNSUPPORTED,
          "no model of the ladder can take the call: %s; leave that out, or add a model that can"
              .formatted(String.join("; ", uncarried)));
    }
    return trail.refuse(
        Refusal.Kind.CONTEXT_LIMIT,
        Context.misfit(question, question.firstTier()),
        "no model of the policy holds %d tokens of input with their output%s; shorten the call"
            .formatted(context.tokens().total(), needs()));
  }

  private String needs() {
    var needs = question.call().demand().needs().stream().map(Capability::word).sorted().toList();
    return needs.isEmpty() ? "" : " and can do " + String.join(", ", needs);
  }

  private Stream<ModelId> configured() {
    return question.policy().ladder().stream();
  }

  /// The tier itself if the plan has it, else the highest one at or below, else the plan's lowest.
  private Optional<Tier> planned(Tier tier) {
    if (allowed(tier)) {
      return Optional.of(tier);
    }
    var below = below(tier);
    var planned = below.isPresent() ? below : ladder.stream().filter(this::allowed).findFirst();
    planned.ifPresent(to ->
        trail.moved(
            "plans." + plan.name() + ".tiers",
            USER_TIER,
            "%s instead of %s, which the plan lacks".formatted(to.name(), tier.name())));
    return planned;
  }

  private Optional<Tier> justified(Tier tier) {
    if (!question.unjustified(tier)) {
      return Optional.of(tier);
    }
    var to = below(tier);
    while (to.isPresent() && question.unjustified(to.get())) {
      to = below(to.get());
    }
    to.ifPresent(lower ->
        trail.moved(
            "plans." + plan.name() + ".justify",
            NO_JUSTIFICATION,
            "%s instead of %s, which wants a justification".formatted(lower.name(), tier.name())));
    return to;
  }

  private Found<Tier> unjustified(Tier tier) {
    return refused(
        Refusal.Kind.NOT_ALLOWED,
        NO_JUSTIFICATION,
        "plan %s wants a justification for tier %s; say why in x-faregate-justification"
            .formatted(plan.name(), tier.name()));
  }

  /// The tier itself unless the book has refused the call there, else the next lower one where it
  /// has not.
  private Found<Tier> withinLimits(Tier tier) {
    var limited = question.snapshot().limited().get(tier.name());
    if (limited == null) {
      return new Found.Some<>(tier);
    }
    var place = HardLimits.place(question, limited);
    var why = HardLimits.why(limited);
    var reason = limited.reason();
    if (reason == null) {
      trail.matched(place, "the call goes nowhere else: " + why);
      return new Found.Refused<>(trail.refuse(limited));
    }
    if (question.policy().limits().whenLimited() == REFUSE) {
      trail.matched(place, "%s, and limits.when_limited is refuse".formatted(why));
      return new Found.Refused<>(trail.refuse(limited));
    }
    var to = below(tier);
    while (to.isPresent() && closed(to.get())) {
      to = below(to.get());
    }
    if (to.isEmpty()) {
      trail.matched(place, "%s, and no lower tier is left".formatted(why));
      return new Found.Refused<>(trail.refuse(limited));
    }
    trail.moved(place, reason, "%s instead of %s: %s".formatted(to.get().name(), tier.name(), why));
    return new Found.Some<>(to.get());
  }

  /// Whether a call that is limited cannot move to a tier either.
  private boolean closed(Tier tier) {
    if (question.unjustified(tier)) {
      trail.passed(
          "plans." + plan.name() + ".justify",
          "%s wants a justification (%s)".formatted(tier.name(), NO_JUSTIFICATION.word()));
      return true;
    }
    var limited = question.snapshot().limited().get(tier.name());
    if (limited != null) {
      trail.passed(
          HardLimits.place(question, limited),
          "%s is limited too: %s (%s)"
              .formatted(tier.name(), HardLimits.why(limited), limited.word()));
    }
    return limited != null;
  }

  private Found<Tier> refused(Refusal.Kind kind, Reason reason, String message) {
    return new Found.Refused<>(trail.refuse(kind, reason, message));
  }

  private boolean allowed(Tier tier) {
    return plan.tiers().contains(tier.name()) && context.fits(tier);
  }

  private Optional<Tier> below(Tier tier) {
    return ladder.subList(0, tier.rank()).reversed().stream().filter(this::allowed).findFirst();
  }
}
