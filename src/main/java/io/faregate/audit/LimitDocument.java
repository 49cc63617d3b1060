package io.faregate.audit;

import io.faregate.budget.Book;
import io.faregate.budget.Limit;
import io.faregate.budget.LimitState;
import io.faregate.budget.Period;
import io.faregate.budget.PremiumState;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The shape of limits in JSON (PRODUCT §4, `limits`), and of the attempts that keep something of
/// them in doubt.
public final class LimitDocument {
  /// The name of the premium share among the limits.
  public static final String PREMIUM_SHARE = "premium_share";

  private static final Set<String> KNOWN_WHILE_RUNNING =
      Set.of(
          "spent_usd", "held_usd", "in_doubt_usd", "free_usd", "calls", "premium_calls", "credit");

  private static final int LISTED = 10_000;
  private static final long MILLION = 1_000_000;

  private LimitDocument() {}

  /// A limit as it stands. `limit_usd` and `free_usd` are null where nobody set one.
  ///
  /// @param missingBefore calls that began before then may be missing; null when none is
  public static Document of(LimitState state, @Nullable Instant missingBefore) {
    var missing = missingBefore != null && state.window().from().isBefore(missingBefore);
    return new Document()
        .put("limit", state.limit().name())
        .put("scope", state.limit().scope())
        .put("window", word(state.limit().period()))
        .money("limit_usd", state.limitNanoUsd())
        .money("spent_usd", state.spentNanoUsd())
        .money("held_usd", state.heldNanoUsd())
        .money("in_doubt_usd", state.inDoubtNanoUsd())
        .money("free_usd", state.freeNanoUsd())
        .time("resets_at", state.resetsAt())
        .time("missing_before", missing ? missingBefore : null);
  }

  /// The premium share of a workflow. `credit` counts calls; the next call on the top tier needs a
  /// whole one.
  public static Document of(PremiumState state) {
    return new Document()
        .put("limit", PREMIUM_SHARE)
        .put("scope", state.scope())
        .share("share", state.shareMillionths(), MILLION)
        .put("calls", state.calls())
        .put("premium_calls", state.premiumCalls())
        .share("credit", state.creditMillionths(), MILLION);
  }

  /// The limits that a policy states, in the same shape: what is spent of them, and so what is
  /// free, only a running server knows.
  public static List<Document> stated(Policy policy, Instant now) {
    var book = new Book(policy, now);
    var set = book.limits(now).stream().filter(state -> state.limitNanoUsd() != null);
    return Stream.concat(
            set.map(state -> of(state, null)), book.premium().stream().map(LimitDocument::of))
        .map(LimitDocument::unused)
        .toList();
  }

  private static Document unused(Document limit) {
    var stated = limit;
    for (var field : List.copyOf(limit.fields().keySet())) {
      stated = KNOWN_WHILE_RUNNING.contains(field) ? stated.put(field, (Object) null) : stated;
    }
    return stated;
  }

  /// Those among the limits that a call meets on the way that was decided for it.
  public static List<Document> applying(List<Document> limits, Decision decision, String key) {
    var workflow = decision.assignment().workflow();
    var scopes = new HashSet<String>();
    scopes.add(Limit.ofAll(Period.MONTH).scope());
    scopes.add(Limit.ofKey(key, Period.MONTH).scope());
    scopes.add(Limit.scopeOfWorkflow(workflow));
    decision.chain().forEach(rung -> scopes.add(Limit.ofTier(rung.tier()).scope()));
    return limits.stream().filter(limit -> scopes.contains(limit.text("scope", ""))).toList();
  }

  /// The attempts of a span whose cost is not known for certain, latest first. The span is widened
  /// to whole quarters of an hour, as that of a review is, so that both speak of the same attempts.
  /// It reads the ledger and so blocks. `complete` is false when the span has more than are listed.
  public static Document inDoubt(Ledger ledger, Span span) {
    var whole = span.wholeQuarters();
    var doubts = ledger.inDoubt(whole, LISTED);
    return new Document()
        .time("from", whole.from())
        .time("to", whole.to())
        .put("complete", doubts.size() < LISTED)
        .put("attempts", doubts.stream().map(LimitDocument::attempt).toList());
  }

  private static Document attempt(AttemptEntry attempt) {
    return new Document()
        .put("call", attempt.call())
        .put("attempt", attempt.attempt())
        .time("started_at", attempt.startedAt())
        .put("model", attempt.sku().model().toString())
        .put("key", attempt.dimensions().key())
        .put("workflow", attempt.dimensions().workflow())
        .put("ending", attempt.ending().word())
        .money("hold_usd", attempt.holdNanoUsd())
        .money("cost_usd", attempt.costNanoUsd())
        .money("in_doubt_usd", attempt.inDoubtNanoUsd());
  }

  private static String word(Period period) {
    return switch (period) {
      case DAY -> "day";
      case MONTH -> "month";
    };
  }
}
