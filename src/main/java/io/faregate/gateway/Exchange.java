package io.faregate.gateway;

import static io.faregate.call.AttemptKind.RETRY;

import io.faregate.call.AttemptKind;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.dialect.Carriage;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Costs;
import io.faregate.ledger.Dimensions;
import io.faregate.policy.Decision;
import io.faregate.policy.Limited;
import io.faregate.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One call on its way: what was decided, and what has happened so far. It lives on one event loop.
final class Exchange {
  private final Arrival arrival;
  private final Reply reply;
  private final Policy policy;
  private final Decision decision;
  private final Set<Reason> reasons;
  private final List<AttemptEntry> attempts = new ArrayList<>(2);
  private final Set<String> closed = new HashSet<>(0);
  private final List<Rule> notes = new ArrayList<>(0);
  private int place;
  private int tried;
  private int fallbacks;
  private boolean movedToLargerWindow;
  private boolean recorded;
  private @Nullable Long outputCap;
  private long firstPieceNanos = -1;
  private long firstSentNanos;
  private @Nullable Carriage carriage;
  private @Nullable String answerId;
  private Tried.@Nullable Passed lastAnswer;

  Exchange(Arrival arrival, Reply reply, Policy policy, Decision decision) {
    this.arrival = arrival;
    this.reply = reply;
    this.policy = policy;
    this.decision = decision;
    this.reasons = new LinkedHashSet<>(decision.reasons());
    this.firstSentNanos = arrival.arrivedNanos();
  }

  Arrival arrival() {
    return arrival;
  }

  Reply reply() {
    return reply;
  }

  Policy policy() {
    return policy;
  }

  Decision decision() {
    return decision;
  }

  String id() {
    return arrival.call().id();
  }

  /// Why the call is not on its first tier, as far as it has come.
  Set<Reason> reasons() {
    return reasons;
  }

  /// Keeps the own answer of a provider whose attempt failed: the last one goes to the client when
  /// the chain is at its end.
  void keep(Tried.@Nullable Passed answer) {
    lastAnswer = answer == null ? lastAnswer : answer;
  }

  /// The last own answer of a provider, or null when none has answered.
  Tried.@Nullable Passed lastAnswer() {
    return lastAnswer;
  }

  /// How long it may take until an answer begins: that of the policy, or less if its client waits
  /// less.
  Duration deadline() {
    var ours = policy.limits().deadline();
    var patience = arrival.patience();
    return patience == null || ours.compareTo(patience) < 0 ? ours : patience;
  }

  /// What is left of the deadline.
  Duration left(long nanos) {
    return deadline().minusNanos(nanos - arrival.arrivedNanos());
  }

  /// What is left of what the client lets the call cost, in nano-dollars: what is in doubt counts
  /// as spent, and so does the hold of an attempt without a price, which is in doubt. Null if the
  /// client does not say.
  @Nullable Long leftToSpend() {
    var most = arrival.call().maxCostNanoUsd();
    if (most == null) {
      return null;
    }
    var costs = Costs.of(attempts);
    return most - costs.pricedNanoUsd() - costs.inDoubtNanoUsd();
  }

  /// The attempts that are over, in order.
  List<AttemptEntry> attempts() {
    return attempts;
  }

  /// Notes that an attempt on that rung begins.
  void begin(Rung rung, long nanos) {
    if (tried++ == 0) {
      firstSentNanos = nanos;
    }
    if (rung.kind() == AttemptKind.FALLBACK) {
      fallbacks++;
      if (rung.reason() != null) {
        reasons.add(rung.reason());
      }
    }
  }

  /// Notes how the next attempt is carried.
  void carry(Carriage by) {
    carriage = by;
  }

  /// How the attempt under way, or the last one, is carried.
  ///
  /// @throws IllegalStateException before there is one
  Carriage carriage() {
    if (carriage == null) {
      throw new IllegalStateException("no attempt of " + id() + " has begun");
    }
    return carriage;
  }

  /// What its client should know of how it was carried.
  List<String> warnings() {
    return carriage == null ? List.of() : carriage.warnings();
  }

  /// Notes the cap that is put on the output of the next attempt, or null for none. The decision
  /// has told of one by step or plan; any other is the limits'.
  void cap(@Nullable Long tokens) {
    outputCap = tokens;
    if (tokens != null && decision.outputLimit() == null) {
      note(
          new Rule(
              "output_cap",
              true,
              "at most %d tokens of output, which is what the limits leave to one call"
                  .formatted(tokens)));
    }
  }

  /// The cap that is put on the output of the attempt under way, or null.
  @Nullable Long outputCap() {
    return outputCap;
  }

  /// Notes a rule that was looked at on the way.
  void note(Rule rule) {
    notes.add(rule);
  }

  /// Notes that the limits leave too little for a rung: the call does not come back to its tier.
  void limited(Rung rung, Limited why) {
    closed.add(rung.tier());
    note(
        new Rule(
            "limits." + why.limit(),
            true,
            "%s passed over: %s of %s (%s)"
                .formatted(rung.model(), why.limit(), why.scope(), why.word())));
  }

  /// Notes that the call cannot be carried to the provider of a rung.
  void uncarried(Rung rung, String why) {
    note(new Rule("providers", true, "%s passed over: %s".formatted(rung.model(), why)));
  }

  /// The rules of the decision, and those looked at on the way.
  List<Rule> rules() {
    if (notes.isEmpty()) {
      return decision.rules();
    }
    var rules = new ArrayList<>(decision.rules());
    rules.addAll(notes);
    return rules;
  }

  /// How many attempts have begun.
  int tried() {
    return tried;
  }

  void ended(AttemptEntry attempt) {
    attempts.add(attempt);
  }

  /// Notes the first piece of the answer.
  void firstPiece(long nanos) {
    if (firstPieceNanos < 0) {
      firstPieceNanos = nanos;
    }
  }

  /// Notes the id by which a later call can go on from the answer, or null.
  void answerId(@Nullable String id) {
    answerId = id;
  }

  /// The id by which a later call can go on from the answer, or null.
  @Nullable String answerId() {
    return answerId;
  }

  /// When the first attempt was sent.
  long firstSentNanos() {
    return firstSentNanos;
  }

  /// When the first piece of the answer came; -1 if none has.
  long firstPieceNanos() {
    return firstPieceNanos;
  }

  /// The dimensions of its rows.
  Dimensions dimensions() {
    return CallAccount.dimensions(arrival.call(), decision.assignment());
  }

  /// Notes that its row is written.
  void record() {
    recorded = true;
  }

  /// Whether its row is written.
  boolean recorded() {
    return recorded;
  }

  /// The rung to begin with.
  Rung first() {
    return decision.chain().getFirst();
  }

  /// The rung to try after the last one failed for that reason; empty when the chain is at its end,
  /// or a limit of attempts or fallbacks is reached.
  Optional<Rung> next(Reason reason) {
    return next(reason, rung -> rung.kind() == RETRY || fallsBackOn(reason));
  }

  /// The next rung whose model has a larger window; a call is moved for that once.
  Optional<Rung> larger() {
    var window = policy.model(decision.chain().get(place).model()).windowTokens();
    if (movedToLargerWindow || window == null) {
      return Optional.empty();
    }
    movedToLargerWindow = true;
    return next(Reason.LONG_CONTEXT, rung -> wider(rung, window));
  }

  private Optional<Rung> next(Reason reason, Predicate<Rung> wanted) {
    var chain = decision.chain();
    var tier = chain.get(place).tier();
    if (tried >= policy.limits().attemptsPerCall()) {
      return Optional.empty();
    }
    for (int i = place + 1; i < chain.size(); i++) {
      var rung = chain.get(i);
      var reachable = rung.kind() == RETRY ? rung.tier().equals(tier) : fallbacksLeft();
      if (reachable && !closed.contains(rung.tier()) && wanted.test(rung)) {
        place = i;
        return Optional.of(new Rung(rung.tier(), rung.model(), rung.kind(), reason));
      }
    }
    return Optional.empty();
  }

  private boolean wider(Rung rung, long window) {
    var other = policy.model(rung.model()).windowTokens();
    return other == null || other > window;
  }

  private boolean fallsBackOn(Reason reason) {
    return decision.assignment().row().fallbackOn().contains(reason);
  }

  private boolean fallbacksLeft() {
    return fallbacks < policy.limits().fallbacksPerCall();
  }
}
