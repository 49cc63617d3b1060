package io.faregate.policy.route;

import io.faregate.call.Api;
import io.faregate.call.Demand;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.policy.Model;
import io.faregate.policy.Tier;
import io.faregate.policy.route.Router.Question;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Part 4 of the decision: what the size and the needs of a call leave to choose from.
///
/// @param bytes input by segment, after trimming
/// @param tokens the same, estimated in tokens
/// @param outputLimit most output tokens that client, step and plan allow, or null
/// @param lowestRank no tier below it is considered, because of a `context.long` rule
/// @param fitting by rank of the tier: its models that hold the call and can do what it needs
record Context(
    Segments bytes,
    Segments tokens,
    int turnsTrimmed,
    long tokensTrimmed,
    @Nullable Long outputLimit,
    int lowestRank,
    List<List<ModelId>> fitting) {

  /// Trims or refuses what is over a limit, then looks which models are left.
  static Found<Context> fit(Question question, Trail trail) {
    var bytes = question.call().demand().inputBytes();
    var model = question.firstTier().models().getFirst();
    var tokens = question.snapshot().scale().tokens(model, bytes);
    var trim = new Trim(question, model, tokens, trail);
    var refusal = trim.enforce();
    if (refusal != null) {
      return new Found.Refused<>(refusal);
    }
    var outputLimit = outputLimit(question, trail);
    noteUncarried(question, trail);
    return new Found.Some<>(
        new Context(
            trim.bytes(),
            trim.tokens(),
            trim.turns(),
            trim.tokensTrimmed(),
            outputLimit,
            lowestRank(question, trim.tokens().total(), trail),
            fitting(question, trim.bytes(), outputLimit)));
  }

  /// Whether a tier has a model for the call.
  boolean fits(Tier tier) {
    return !fitting.get(tier.rank()).isEmpty();
  }

  /// The models of a tier that are left, in its order of preference.
  List<ModelId> models(Tier tier) {
    return fitting.get(tier.rank());
  }

  /// Why a tier has no model for the call: too small a window, something it cannot do, or an answer
  /// to go on from that is kept elsewhere.
  static Reason misfit(Question question, Tier tier) {
    if (tier.models().stream().noneMatch(question::mayServe)) {
      return Reason.AFFINITY;
    }
    var needs = question.call().demand().needs();
    var able =
        tier.models().stream()
            .filter(id -> carried(question, id))
            .anyMatch(id -> question.policy().model(id).can(needs));
    return able ? Reason.LONG_CONTEXT : Reason.UNSUPPORTED;
  }

  private static void noteUncarried(Question question, Trail trail) {
    for (var tier : question.policy().tiers()) {
      for (var id : tier.models()) {
        var api = question.policy().served().get(id.provider());
        if (api != null && !carried(question, id)) {
          trail.passed(
              "providers",
              "%s is passed over: %s (%s)"
                  .formatted(id, uncarried(question, api), Reason.UNSUPPORTED.word()));
        }
      }
    }
  }

  private static int lowestRank(Question question, long total, Trail trail) {
    for (var rule : question.policy().context().longer()) {
      if (total > rule.over()) {
        var rank = question.policy().tier(rule.tier()).rank();
        trail.matched(
            "context.long",
            "%d tokens are over %d: at least %s".formatted(total, rule.over(), rule.tier()));
        return rank;
      }
    }
    return 0;
  }

  private static @Nullable Long outputLimit(Question question, Trail trail) {
    var asked = question.call().demand().outputLimit();
    var plan = question.assignment().plan();
    var ofRow = lower(asked, question.assignment().row().outputTokens());
    var limit = lower(ofRow, plan.outputTokens());
    if (limit == null || limit.equals(asked)) {
      return limit;
    }
    var place = limit.equals(ofRow) ? "output_tokens" : "plans." + plan.name() + ".output_tokens";
    return told(limit, place, question.call().demand(), trail);
  }

  /// A cap in place of what the client asks for is told, and never goes below a budget of thinking
  /// that the client set: providers refuse a call that leaves nothing beyond it. Source:
  /// RELIABILITY §4.
  private static long told(long cap, String place, Demand demand, Trail trail) {
    var asked = demand.outputLimit();
    var why =
        "at most " + cap + " tokens of output" + (asked == null ? "" : " instead of " + asked);
    var least = demand.thinkingBudget() == 0 ? 0 : demand.thinkingBudget() + 1;
    var raised = Math.max(cap, asked == null ? least : Math.min(asked, least));
    if (asked != null && raised == asked) {
      return raised;
    }
    if (raised > cap) {
      why += ", raised to " + raised + ": it thinks with up to " + demand.thinkingBudget();
    }
    trail.matched(place, why);
    return raised;
  }

  private static @Nullable Long lower(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.min(one, other);
  }

  private static List<List<ModelId>> fitting(
      Question question, Segments bytes, @Nullable Long outputLimit) {
    var fitting = new ArrayList<List<ModelId>>();
    for (var tier : question.policy().tiers()) {
      var models = new ArrayList<ModelId>(tier.models().size());
      for (var id : tier.models()) {
        if (question.mayServe(id) && holds(question, id, bytes, outputLimit)) {
          models.add(id);
        }
      }
      fitting.add(models);
    }
    return fitting;
  }

  /// Whether a model is reachable, allowed to the key, able, and large enough.
  static boolean holds(Question question, ModelId id, Segments bytes, @Nullable Long outputLimit) {
    var model = question.policy().model(id);
    return carried(question, id)
        && allowed(question, id)
        && (question.embeds() || !model.embedding())
        && model.can(question.call().demand().needs())
        && (question.embeds() || holds(question, model, bytes, outputLimit));
  }

  /// Of embeddings the window holds each input alone, which only the provider counts.
  private static boolean holds(
      Question question, Model model, Segments bytes, @Nullable Long outputLimit) {
    return model.holds(question.snapshot().scale().tokens(model.id(), bytes.total()), outputLimit);
  }

  /// Whether the call can be carried to the model's provider.
  static boolean carried(Question question, ModelId id) {
    var policy = question.policy();
    var demand = question.call().demand();
    return policy.carries(demand.protocol(), id.provider())
        && !demand.uncarried().containsKey(policy.served().get(id.provider()));
  }

  /// Why a call cannot be carried to that kind of provider.
  static String uncarried(Question question, Api api) {
    var demand = question.call().demand();
    var why = demand.uncarried().get(api);
    return why == null
        ? "%s cannot be carried to %s".formatted(demand.protocol().word(), api.word())
        : why;
  }

  /// Whether the key lets the model serve it.
  static boolean allowed(Question question, ModelId id) {
    var models = question.call().caller().models();
    return models.isEmpty() || models.contains(id);
  }

  /// The limits of input tokens by segment: those of the step or task over those of the policy.
  static Map<Segment, Long> segmentLimits(Question question) {
    var limits = new EnumMap<Segment, Long>(Segment.class);
    limits.putAll(question.policy().context().segments());
    limits.putAll(question.assignment().row().segments());
    return limits;
  }
}
