package io.faregate.policy.route;

import static io.faregate.call.Reason.LONG_CONTEXT;
import static io.faregate.call.Reason.NO_JUSTIFICATION;
import static io.faregate.call.Reason.UNHEALTHY;
import static io.faregate.call.Reason.UNPRICED;
import static io.faregate.call.Reason.USER_TIER;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Rung;
import io.faregate.policy.Decision;
import io.faregate.policy.Refusal;
import io.faregate.policy.Routing;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import io.faregate.policy.route.Router.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Part 7 of the decision: all models to try in order. The tiers come first, each once, then what
/// is passed over among their models, then one rung for each attempt.
final class Chain {
  private final Question question;
  private final Context context;
  private final Trail trail;
  private final Task row;
  private List<Stage> stages = new ArrayList<>(4);

  Chain(Question question, Context context, Trail trail) {
    this.question = question;
    this.context = context;
    this.trail = trail;
    this.row = question.assignment().row();
  }

  /// The chain of a call that leaves the model to the policy.
  ///
  /// @param session the model that its session goes on with, or null for none
  Routing from(Tier start, @Nullable ModelId session) {
    stages.add(new Stage(start, ordered(context.models(start), session)));
    for (var name : row.fallback()) {
      addFallback(question.policy().tier(name));
    }
    return chosen();
  }

  private static List<ModelId> ordered(List<ModelId> models, @Nullable ModelId first) {
    if (first == null || models.getFirst().equals(first)) {
      return models;
    }
    var ordered = new ArrayList<>(models);
    ordered.remove(first);
    ordered.addFirst(first);
    return ordered;
  }

  /// The chain of a call that chose its model: that one, and nothing else.
  Routing of(Tier tier, ModelId pin) {
    stages.add(new Stage(tier, List.of(pin)));
    return chosen();
  }

  private void addFallback(Tier tier) {
    var dropped = dropped(tier);
    if (dropped == null) {
      stages.add(new Stage(tier, context.models(tier)));
    } else {
      trail.passed("fallback", tier.name() + " dropped: " + dropped);
    }
  }

  /// Why a fallback is no part of the chain, or null when it is.
  private @Nullable String dropped(Tier tier) {
    if (question.policy().limits().fallbacksPerCall() == 0) {
      return "limits.fallbacks_per_call is 0";
    }
    if (stages.stream().anyMatch(stage -> stage.tier().equals(tier))) {
      return "already in the chain";
    }
    if (!question.assignment().plan().tiers().contains(tier.name())) {
      return "plan %s lacks it (%s)"
          .formatted(question.assignment().plan().name(), USER_TIER.word());
    }
    if (question.unjustified(tier)) {
      return "it wants a justification (%s)".formatted(NO_JUSTIFICATION.word());
    }
    if (tier.rank() < context.lowestRank()) {
      return "context.long asks for more (%s)".formatted(LONG_CONTEXT.word());
    }
    if (!context.fits(tier)) {
      return "no model for the call (%s)".formatted(Context.misfit(question, tier).word());
    }
    var limited = question.snapshot().limited().get(tier.name());
    return limited == null
        ? null
        : "%s, %s (%s)"
            .formatted(
                HardLimits.place(question, limited), HardLimits.why(limited), limited.word());
  }

  private Routing chosen() {
    var unpriced = unpriced();
    if (unpriced != null) {
      passOver("prices", UNPRICED, this::isUnpriced);
    }
    if (stages.isEmpty()) {
      return trail.refuse(
          Refusal.Kind.UNPRICED_MODEL,
          UNPRICED,
          """
          nobody has said what %s costs, and a limit of spend applies to the call; \
          state its price under models, or ask for another task or model\
          """
              .formatted(unpriced));
    }
    passOverUnhealthy();
    return decision();
  }

  /// The first model of the chain that has no price and needs one, or null.
  private @Nullable ModelId unpriced() {
    for (var stage : stages) {
      for (var model : stage.models()) {
        if (isUnpriced(stage, model)) {
          return model;
        }
      }
    }
    return null;
  }

  /// Whether nobody can say what the model costs, although a limit in money applies.
  private boolean isUnpriced(Stage stage, ModelId model) {
    var price = question.policy().price(model, question.snapshot().day()).orElse(null);
    if (price != null) {
      var rates = price.rates(context.tokens().total());
      if (rates.input() != null && (rates.output() != null || question.embeds())) {
        return false;
      }
    }
    return HardLimits.on(question, stage.tier()) != null;
  }

  /// Passes over the models that fail at present, but for the last one when all of them do: a call
  /// that fails is no worse than one that nobody tries.
  private void passOverUnhealthy() {
    var unhealthy = question.snapshot().unhealthy();
    if (unhealthy.isEmpty() || !anyOf(unhealthy)) {
      return;
    }
    var hope = stages.stream().anyMatch(stage -> !unhealthy.containsAll(stage.models()));
    var last = stages.getLast();
    var lastModel = last.models().getLast();
    passOver(
        "health",
        UNHEALTHY,
        (stage, model) -> {
          var kept = !hope && stage.equals(last) && model.equals(lastModel);
          return unhealthy.contains(model) && !kept;
        });
    if (!hope) {
      trail.passed("health", lastModel + " stays: no other model is left");
    }
  }

  private boolean anyOf(Set<ModelId> unhealthy) {
    for (var stage : stages) {
      for (var model : stage.models()) {
        if (unhealthy.contains(model)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Takes models out of the chain, and tiers of which none is left. The next tier of the chain
  /// takes the place of the first.
  private void passOver(String rule, Reason reason, BiPredicate<Stage, ModelId> gone) {
    var left = new ArrayList<Stage>(stages.size());
    for (var stage : stages) {
      var models = new ArrayList<ModelId>(stage.models().size());
      for (var model : stage.models()) {
        if (gone.test(stage, model)) {
          trail.passed(rule, "%s is passed over (%s)".formatted(model, reason.word()));
        } else {
          models.add(model);
        }
      }
      if (!models.isEmpty()) {
        left.add(new Stage(stage.tier(), models));
      }
    }
    var first = stages.getFirst().tier();
    if (!left.isEmpty() && !left.getFirst().tier().equals(first)) {
      trail.moved(
          rule,
          reason,
          "%s instead of %s, of which no model is left"
              .formatted(left.getFirst().tier().name(), first.name()));
    }
    stages = left;
  }

  private Decision decision() {
    var reasons = trail.reasons();
    var chain = new ArrayList<Rung>(4);
    for (var stage : stages) {
      if (chain.isEmpty()) {
        var reason = reasons.isEmpty() ? null : reasons.getLast();
        addRungs(chain, stage, AttemptKind.FIRST, reason);
      } else {
        addRungs(chain, stage, AttemptKind.FALLBACK, firstCause());
      }
    }
    return new Decision(
        question.assignment(),
        row.tier(),
        reasons,
        chain,
        trail.rules(),
        context.tokens(),
        context.turnsTrimmed(),
        context.tokensTrimmed(),
        context.outputLimit());
  }

  private void addRungs(List<Rung> chain, Stage stage, AttemptKind kind, @Nullable Reason reason) {
    var tier = stage.tier().name();
    var models = stage.models();
    chain.add(new Rung(tier, models.getFirst(), kind, reason));
    for (int i = 1; i <= row.retries(); i++) {
      var model = models.get(i % models.size());
      chain.add(new Rung(tier, model, AttemptKind.RETRY, Reason.PROVIDER_ERROR));
    }
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

  /// A tier of the chain, with what is left of its models.
  private record Stage(Tier tier, List<ModelId> models) {}
}
