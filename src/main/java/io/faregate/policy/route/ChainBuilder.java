package io.faregate.policy.route;

import static io.faregate.call.Reason.LONG_CONTEXT;
import static io.faregate.call.Reason.NO_JUSTIFICATION;
import static io.faregate.call.Reason.UNSUPPORTED;
import static io.faregate.call.Reason.USER_TIER;

import io.faregate.call.AttemptKind;
import io.faregate.call.Capability;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Rung;
import io.faregate.policy.Decision;
import io.faregate.policy.Plan;
import io.faregate.policy.Refusal;
import io.faregate.policy.Routing;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import io.faregate.policy.route.Router.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parts 2, 5 and 7 of the decision: the first tier, what the plan makes of it, and all models to
/// try in order.
final class ChainBuilder {
  private final Question question;
  private final Context context;
  private final Trail trail;
  private final List<Tier> ladder;
  private final Plan plan;
  private final Task row;
  private final List<Rung> chain = new ArrayList<>(4);

  ChainBuilder(Question question, Context context, Trail trail) {
    this.question = question;
    this.context = context;
    this.trail = trail;
    this.ladder = question.policy().tiers();
    this.plan = question.assignment().plan();
    this.row = question.assignment().row();
  }

  /// The chain of a call that leaves the model to the policy.
  Routing build() {
    var first = question.firstTier();
    var large = largeEnough(first);
    if (large.isEmpty()) {
      return nothingFits();
    }
    var planned = planned(large.get());
    if (planned.isEmpty()) {
      return trail.refuse(
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
    var start = justified.get();
    var reasons = trail.reasons();
    add(start, AttemptKind.FIRST, reasons.isEmpty() ? null : reasons.getLast());
    row.fallback().forEach(name -> addFallback(question.policy().tier(name)));
    return decision();
  }

  /// The chain of a call that chose its model: that one, and nothing else. A model outside the
  /// ladder counts as the top tier, so that no pin is cheaper to get than its price.
  Routing buildPinned() {
    var model = question.assignment().pin();
    if (model == null) {
      throw new IllegalStateException("not pinned");
    }
    var tier = question.policy().tierOf(model).orElse(question.policy().top());
    if (!plan.tiers().contains(tier.name())) {
      return trail.refuse(
          Refusal.Kind.NOT_ALLOWED,
          USER_TIER,
          "plan %s has no tier %s, in which %s is; use \"auto\" or another plan"
              .formatted(plan.name(), tier.name(), model));
    }
    if (needsJustification(tier)) {
      return unjustified(tier);
    }
    if (!Context.allowed(question, model)) {
      return trail.refuse(
          Refusal.Kind.NOT_ALLOWED,
          "key %s may not be served by %s; use one of its models"
              .formatted(question.call().caller().key(), model));
    }
    if (!Context.holds(question, model, context.bytes(), context.outputLimit())) {
      return trail.refuse(
          Refusal.Kind.CONTEXT_LIMIT,
          """
          the model %s does not hold %d tokens of input with their output%s; \
          use "auto", or shorten the call\
          """
              .formatted(model, context.tokens().total(), needs()));
    }
    trail.moved("model", Reason.PINNED, "the call chose " + model);
    addAll(tier, List.of(model), AttemptKind.FIRST, Reason.PINNED);
    return decision();
  }

  /// The first tier at or above that has a model for the call; else the highest one below.
  private Optional<Tier> largeEnough(Tier first) {
    var from = Math.max(first.rank(), context.lowestRank());
    var above = ladder.subList(from, ladder.size()).stream();
    var below = ladder.subList(0, from).reversed().stream();
    var tier = Stream.concat(above, below).filter(context::fits).findFirst();
    tier.filter(found -> !found.equals(first)).ifPresent(found -> moved(first, found));
    return tier;
  }

  private void moved(Tier from, Tier to) {
    var ruled = to.rank() == context.lowestRank() && from.rank() < context.lowestRank();
    var reason = ruled ? LONG_CONTEXT : misfit(from);
    trail.moved(
        "context",
        reason,
        "%s instead of %s for %d tokens of input"
            .formatted(to.name(), from.name(), context.tokens().total()));
  }

  /// Why a tier has no model for the call: too small a window, or something it cannot do.
  private Reason misfit(Tier tier) {
    var needs = question.call().demand().needs();
    var able =
        tier.models().stream()
            .filter(id -> question.policy().served().contains(id.provider()))
            .anyMatch(id -> question.policy().model(id).can(needs));
    return able ? LONG_CONTEXT : UNSUPPORTED;
  }

  private Refusal nothingFits() {
    if (configured().noneMatch(id -> Context.allowed(question, id))) {
      return trail.refuse(
          Refusal.Kind.NOT_ALLOWED,
          "no tier has a model that key %s may use; name one of %s as the model"
              .formatted(question.call().caller().key(), question.call().caller().models()));
    }
    var reached = configured().anyMatch(id -> question.policy().served().contains(id.provider()));
    if (!reached) {
      return trail.refuse(
          Refusal.Kind.NO_ROUTE,
          UNSUPPORTED,
          "no provider of the policy can be reached by this version; run `faregate check`");
    }
    return trail.refuse(
        Refusal.Kind.CONTEXT_LIMIT,
        misfit(question.firstTier()),
        "no model of the policy holds %d tokens of input with their output%s; shorten the call"
            .formatted(context.tokens().total(), needs()));
  }

  private String needs() {
    var needs = question.call().demand().needs().stream().map(Capability::word).sorted().toList();
    return needs.isEmpty() ? "" : " and can do " + String.join(", ", needs);
  }

  private Stream<ModelId> configured() {
    return ladder.stream().flatMap(tier -> tier.models().stream());
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
    if (!needsJustification(tier)) {
      return Optional.of(tier);
    }
    var to = below(tier);
    while (to.isPresent() && needsJustification(to.get())) {
      to = below(to.get());
    }
    to.ifPresent(lower ->
        trail.moved(
            "plans." + plan.name() + ".justify",
            NO_JUSTIFICATION,
            "%s instead of %s, which wants a justification".formatted(lower.name(), tier.name())));
    return to;
  }

  private Refusal unjustified(Tier tier) {
    return trail.refuse(
        Refusal.Kind.NOT_ALLOWED,
        NO_JUSTIFICATION,
        "plan %s wants a justification for tier %s; say why in x-faregate-justification"
            .formatted(plan.name(), tier.name()));
  }

  private boolean needsJustification(Tier tier) {
    return plan.justify().contains(tier.name()) && question.call().work().justification() == null;
  }

  private boolean allowed(Tier tier) {
    return plan.tiers().contains(tier.name()) && context.fits(tier);
  }

  private Optional<Tier> below(Tier tier) {
    return ladder.subList(0, tier.rank()).reversed().stream().filter(this::allowed).findFirst();
  }

  private void addFallback(Tier tier) {
    var dropped = dropped(tier);
    if (dropped != null) {
      trail.passed("fallback", tier.name() + " dropped: " + dropped);
      return;
    }
    add(tier, AttemptKind.FALLBACK, firstCause());
  }

  /// Why a fallback is no part of the chain, or null when it is.
  private @Nullable String dropped(Tier tier) {
    if (question.policy().limits().fallbacksPerCall() == 0) {
      return "limits.fallbacks_per_call is 0";
    }
    if (chain.stream().anyMatch(rung -> rung.tier().equals(tier.name()))) {
      return "already in the chain";
    }
    if (!plan.tiers().contains(tier.name())) {
      return "plan %s lacks it (%s)".formatted(plan.name(), USER_TIER.word());
    }
    if (needsJustification(tier)) {
      return "it wants a justification (%s)".formatted(NO_JUSTIFICATION.word());
    }
    if (tier.rank() < context.lowestRank()) {
      return "context.long asks for more (%s)".formatted(LONG_CONTEXT.word());
    }
    return context.fits(tier) ? null : "no model for the call (%s)".formatted(misfit(tier).word());
  }

  /// The reason shown beside a fallback before anything has happened: the first of those that can.
  private Reason firstCause() {
    var on = row.fallbackOn();
    if (row.confidence() != null && on.contains(Reason.LOW_CONFIDENCE)) {
      return Reason.LOW_CONFIDENCE;
    }
    if (row.validate() != null && on.contains(Reason.FAILED_VALIDATION)) {
      return Reason.FAILED_VALIDATION;
    }
    if (row.check() != null && on.contains(Reason.SAFETY_CHECK)) {
      return Reason.SAFETY_CHECK;
    }
    return on.contains(Reason.PROVIDER_ERROR) || on.isEmpty()
        ? Reason.PROVIDER_ERROR
        : on.stream().sorted().findFirst().orElseThrow();
  }

  private void add(Tier tier, AttemptKind kind, @Nullable Reason reason) {
    addAll(tier, context.models(tier), kind, reason);
  }

  private void addAll(Tier tier, List<ModelId> models, AttemptKind kind, @Nullable Reason reason) {
    chain.add(new Rung(tier.name(), models.getFirst(), kind, reason));
    for (int i = 1; i <= row.retries(); i++) {
      chain.add(
          new Rung(
              tier.name(),
              models.get(i % models.size()),
              AttemptKind.RETRY,
              Reason.PROVIDER_ERROR));
    }
  }

  private Decision decision() {
    return new Decision(
        question.assignment(),
        row.tier(),
        trail.reasons(),
        chain,
        trail.rules(),
        context.tokens(),
        context.turnsTrimmed(),
        context.tokensTrimmed(),
        context.outputLimit());
  }
}
