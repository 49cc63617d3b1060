package io.faregate.gateway;

import io.faregate.budget.Hold;
import io.faregate.call.Api;
import io.faregate.call.Ending;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.dialect.Body;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.gateway.count.TokenCount;
import io.faregate.gateway.health.Health;
import io.faregate.gateway.health.RetryBudget;
import io.faregate.gateway.health.Sign;
import io.faregate.gateway.session.Sessions;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.money.Money;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import io.faregate.policy.Snapshot;
import io.faregate.policy.route.Router;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// The whole way of a call: decided, held, sent, relayed, judged, settled. It runs on the event
/// loop of the call, so nothing here may block; calls may be on several loops at once.
public final class Gateway {
  /// What rows say of a call whose client left first; the number is nginx's.
  private static final int CLIENT_LEFT = 499;

  private final Supplier<Policy> policies;
  private final Providers providers;
  private final Shared shared;
  private final Observer observer;
  private final Time time;
  private final CallAccount accounts;

  /// What the gateways of all event loops have in common.
  public record Shared(
      Books books, Health health, RetryBudget retries, ScaleLearner learner, Sessions sessions) {}

  /// @param policies the policy in force; a call keeps the one that it began with
  public Gateway(
      Supplier<Policy> policies, Providers providers, Shared shared, Observer observer, Time time) {
    this.policies = policies;
    this.providers = providers;
    this.shared = shared;
    this.observer = observer;
    this.time = time;
    this.accounts = new CallAccount(time);
  }

  /// The one path that every call takes. The future completes when the call is over and recorded;
  /// it fails only for a bug, and then the client may not have its answer.
  public Future<Void> handle(Arrival came, Reply reply) {
    observer.began(came.call().demand().streamed());
    var policy = policies.get();
    var arrival = goingOn(came);
    if (!shared.books().ready()) {
      // No row: what room the journal has left is for calls that are under way.
      var failure = Failures.journalNotWritable();
      observer.ended(accounts.refused(arrival, policy, null, failure));
      return say(arrival, reply, failure, AnswerHeaders.ofFailure(arrival.call().id(), null));
    }
    if (foreign(arrival)) {
      var failure = Failures.foreignAnswer();
      return refuse(arrival, reply, failure, accounts.refused(arrival, policy, null, failure));
    }
    return decide(arrival, reply, policy, snapshot(arrival));
  }

  /// A call that goes on from an answer of which is known how much it brings along has a bound.
  private Arrival goingOn(Arrival arrival) {
    var previous = arrival.body().ties().previous();
    var demand = arrival.call().demand();
    if (previous == null || !Body.Ties.UNBOUNDED.equals(demand.unbounded())) {
      return arrival;
    }
    return shared
        .sessions()
        .answer(previous)
        .map(answered -> arrival.asking(demand.goingOn(answered.tokens())))
        .orElse(arrival);
  }

  /// Whether the answer that a call goes on from was for another key. Keys share the provider's
  /// account, so the provider would not mind.
  private boolean foreign(Arrival arrival) {
    var previous = arrival.body().ties().previous();
    return previous != null
        && shared
            .sessions()
            .answer(previous)
            .filter(answered -> !answered.key().equals(arrival.call().caller().key()))
            .isPresent();
  }

  /// Tells how many tokens a call would have at the model that it would go to. Nothing is used, so
  /// nothing is held and no row is written; but who may not call may not ask either.
  public Future<Void> count(Arrival arrival, Reply reply) {
    return count(arrival, reply, policies.get(), snapshot(arrival));
  }

  private Future<Void> count(Arrival arrival, Reply reply, Policy policy, Snapshot snapshot) {
    return switch (Router.decide(policy, arrival.call(), snapshot)) {
      case Refusal refusal ->
          say(
              arrival,
              reply,
              Failures.of(refusal),
              AnswerHeaders.ofFailure(arrival.call().id(), null));
      case Decision decision -> {
        var exchange = new Exchange(arrival, reply, policy, decision);
        var attempt = new Attempt(exchange, exchange.first(), time);
        var refused = shared.books().refusal(attempt.bid());
        yield refused.isPresent()
            ? count(arrival, reply, policy, limited(exchange, snapshot, attempt, refused.get()))
            : count(exchange, attempt);
      }
    };
  }

  private Future<Void> count(Exchange exchange, Attempt attempt) {
    var headers = AnswerHeaders.ofCount(exchange, attempt.rung().model());
    var estimate = exchange.decision().tokens().total();
    var counting = new TokenCount(exchange.reply(), headers, estimate);
    var model = attempt.rung().model();
    if (exchange.policy().served().get(model.provider()) != Api.ANTHROPIC) {
      return counting.estimate();
    }
    exchange.carry(attempt.carriage());
    var outbound = Outbound.of(model, exchange.carriage(), exchange.arrival().forwarded());
    return counting.ask(providers, outbound, time);
  }

  private Snapshot snapshot(Arrival arrival) {
    var day = arrival.call().startedAt().atOffset(ZoneOffset.UTC).toLocalDate();
    var now = arrival.arrivedNanos();
    var unhealthy = shared.health().unhealthy(now);
    var affinity = shared.sessions().of(arrival.call(), arrival.body().ties(), now);
    return new Snapshot(day, shared.learner().scale(), unhealthy, Map.of(), affinity);
  }

  private static Snapshot limited(
      Exchange exchange, Snapshot snapshot, Attempt attempt, Hold.Refused refused) {
    if (snapshot.limited().containsKey(attempt.rung().tier())) {
      throw new IllegalStateException("decided again for a tier that is limited");
    }
    return snapshot.withLimited(attempt.rung().tier(), Shortage.of(refused, exchange));
  }

  private Future<Void> decide(Arrival arrival, Reply reply, Policy policy, Snapshot snapshot) {
    return switch (Router.decide(policy, arrival.call(), snapshot)) {
      case Refusal refusal -> {
        var failure = Failures.of(refusal);
        yield refuse(arrival, reply, failure, accounts.refused(arrival, policy, refusal, failure));
      }
      case Decision decision -> begin(new Exchange(arrival, reply, policy, decision), snapshot);
    };
  }

  /// Holds the first rung. A provider to which the call cannot be carried, or a tier on which the
  /// limits leave too little, makes another decision of the call, as if it had been known before.
  private Future<Void> begin(Exchange exchange, Snapshot snapshot) {
    var attempt = new Attempt(exchange, exchange.first(), time);
    var uncarried = attempt.pack();
    if (uncarried != null) {
      var arrival = exchange.arrival();
      var demand = arrival.call().demand().without(attempt.api(), uncarried);
      return decide(arrival.asking(demand), exchange.reply(), exchange.policy(), snapshot);
    }
    return switch (shared.books().hold(attempt.bid(), attempt::started)) {
      case Hold.Held _ -> {
        shared.retries().first(attempt.rung().model().provider(), attempt.startedNanos());
        yield send(exchange, attempt);
      }
      case Hold.Refused refused -> {
        var known = limited(exchange, snapshot, attempt, refused);
        yield decide(exchange.arrival(), exchange.reply(), exchange.policy(), known);
      }
    };
  }

  /// Tries a later rung of the chain: a retry or a fallback. What the limits do not leave is passed
  /// over, with the reason; a limit never takes the place of an answer in hand.
  private Future<Void> tryRung(Exchange exchange, Rung rung) {
    if (!exchange.left(time.nanos()).isPositive()) {
      return fail(exchange, Failures.deadline(exchange.deadline()));
    }
    if (!shared.books().ready()) {
      exchange.note(new Rule("journal", true, "it takes no records, and nothing is sent without"));
      return giveUp(exchange, Failures.journalNotWritable());
    }
    var attempt = new Attempt(exchange, rung, time);
    if (!shared.retries().mayRetry(rung.model().provider(), attempt.startedNanos())) {
      exchange.note(new Rule("retry_budget", true, rung.model().provider() + " gets no more now"));
      return giveUp(exchange);
    }
    var uncarried = attempt.pack();
    if (uncarried != null) {
      exchange.uncarried(rung, uncarried);
      return passOver(exchange, rung);
    }
    return switch (shared.books().hold(attempt.bid(), attempt::started)) {
      case Hold.Held _ -> send(exchange, attempt);
      case Hold.Refused refused -> {
        exchange.limited(rung, Shortage.of(refused, exchange));
        yield passOver(exchange, rung);
      }
    };
  }

  private Future<Void> passOver(Exchange exchange, Rung rung) {
    var next = exchange.next(Objects.requireNonNull(rung.reason()));
    return next.isPresent() ? tryRung(exchange, next.get()) : giveUp(exchange);
  }

  /// Sends an attempt that is held.
  private Future<Void> send(Exchange exchange, Attempt attempt) {
    exchange.begin(attempt.rung(), attempt.startedNanos());
    exchange.cap(attempt.outputCap());
    // The chain passed over what was in trouble when it was decided; this one is sent in any case.
    var _ = shared.health().begin(attempt.rung().model(), attempt.startedNanos());
    exchange.carry(attempt.carriage());
    return relayed(exchange, attempt)
        .compose(tried -> {
          examine(exchange, attempt, tried);
          return judge(exchange, tried);
        })
        .recover(bug -> broken(exchange, bug));
  }

  private Future<Tried> relayed(Exchange exchange, Attempt attempt) {
    try {
      return new Relay(exchange, attempt, time, entry -> settle(exchange, attempt, entry))
          .send(providers, timeout(exchange));
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  /// A bug ended the call. Without its row its part of the journal could never be let go.
  private Future<Void> broken(Exchange exchange, Throwable bug) {
    if (!exchange.recorded()) {
      var failure = Failure.bug();
      record(exchange, accounts.of(exchange, failure.status(), failure));
    }
    return Future.failedFuture(bug);
  }

  /// Books what an attempt came to, before anybody hears that it is over.
  private void settle(Exchange exchange, Attempt attempt, AttemptEntry entry) {
    exchange.ended(entry);
    var overshoot = shared.books().settle(entry);
    if (overshoot > 0) {
      var by = new Money(overshoot).toString();
      var model = entry.sku().model();
      observer.alert(Alert.OVERSHOOT, model, entry.call(), model + " cost more than held: " + by);
    }
    doubt(attempt, entry);
    observer.ended(entry);
    if (entry.ending() == Ending.ANSWERED || entry.ending() == Ending.NO_USAGE) {
      remember(exchange, entry, attempt.endedNanos());
    }
    if (entry.usage() != null && entry.usageReported() != null) {
      var bytes = exchange.arrival().call().demand().inputBytes().total();
      shared.learner().learn(entry.sku().model(), bytes, entry.usage().inputTotal());
    }
  }

  /// Tells of a provider whose word on its usage cannot be taken. Source: FORMULAS §1.2,
  /// RELIABILITY §2.
  private void doubt(Attempt attempt, AttemptEntry entry) {
    var model = entry.sku().model();
    if (attempt.usageContradicts()) {
      observer.alert(
          Alert.USAGE_INCONSISTENT,
          model,
          entry.call(),
          model + " contradicts itself about its usage");
    } else if (entry.ending() == Ending.NO_USAGE
        || (entry.ending() == Ending.CUT && entry.unreported())) {
      var inDoubt =
          entry.costNanoUsd() == null
              ? "it is unpriced"
              : "up to %s more are in doubt".formatted(new Money(entry.inDoubtNanoUsd()));
      observer.alert(
          Alert.USAGE_MISSING,
          model,
          entry.call(),
          "%s ended without its final usage; %s".formatted(model, inDoubt));
    }
  }

  /// Notes where the session of the call is, for those that follow.
  private void remember(Exchange exchange, AttemptEntry entry, long nanos) {
    var arrival = exchange.arrival();
    var usage = entry.usage();
    var output = usage == null ? 0 : usage.output();
    var tokens = usage == null ? 0 : usage.inputTotal() + output;
    var hourly = arrival.body().asked().hourlyCache();
    var served =
        new Sessions.Served(
            entry.sku().model(), tokens, output, hourly, exchange.answerId(), nanos);
    shared.sessions().served(arrival.call(), served);
  }

  /// Notes what the end of an attempt says of its model's health.
  private void examine(Exchange exchange, Attempt attempt, Tried tried) {
    var now = attempt.endedNanos();
    var sign = sign(exchange.attempts().getLast(), tried, exchange.left(now).isPositive());
    shared.health().end(attempt.rung().model(), sign, attempt.startedNanos(), now);
  }

  private static Sign sign(AttemptEntry entry, Tried tried, boolean timeLeft) {
    if (tried instanceof Tried.Gone) {
      return new Sign.Nothing();
    }
    if (!(tried instanceof Tried.Failed failed)) {
      return Sign.of(entry.ending(), entry.status(), null, null);
    }
    if (failed.reason() == Reason.TIMEOUT && !timeLeft) {
      // A deadline that is shorter than the model's own time tells nothing of the model.
      return new Sign.Nothing();
    }
    return Sign.of(entry.ending(), status(entry, failed), failed.error(), failed.retryAfter());
  }

  /// What came of an attempt: the end of the call, or the next rung.
  private Future<Void> judge(Exchange exchange, Tried tried) {
    return switch (tried) {
      case Tried.Answered(var answer) -> deliver(exchange, answer);
      case Tried.Relayed(var status) -> {
        record(exchange, accounts.of(exchange, status, null));
        exchange.reply().end();
        yield Future.succeededFuture();
      }
      case Tried.BrokenOff(var status, var last) -> {
        record(exchange, accounts.of(exchange, status, null));
        exchange.reply().breakOff(last);
        yield Future.succeededFuture();
      }
      case Tried.Gone _ -> {
        record(exchange, accounts.of(exchange, CLIENT_LEFT, null));
        yield Future.succeededFuture();
      }
      case Tried.Failed failed -> next(exchange, failed);
    };
  }

  private Future<Void> next(Exchange exchange, Tried.Failed failed) {
    exchange.keep(failed.answer());
    if (failed.error() == ProviderError.OURS) {
      var model = exchange.attempts().getLast().sku().model();
      observer.alert(Alert.PROVIDER_REFUSES_US, model, exchange.id(), refusal(exchange, failed));
    }
    var rung =
        switch (failed.error()) {
          case CLIENTS, FILTERED -> Optional.<Rung>empty();
          case CONTEXT_LENGTH -> exchange.larger();
          case PASSING, RATE_LIMITED, KEY_LIMITED, OURS -> exchange.next(failed.reason());
        };
    return rung.isPresent() ? tryRung(exchange, rung.get()) : giveUp(exchange);
  }

  /// The chain is at its end without an answer: the last provider's own goes to the client.
  private Future<Void> giveUp(Exchange exchange) {
    return giveUp(
        exchange,
        exchange.left(time.nanos()).isPositive()
            ? Failures.attemptsExhausted(exchange.tried())
            : Failures.deadline(exchange.deadline()));
  }

  private Future<Void> giveUp(Exchange exchange, Failure otherwise) {
    var answer = exchange.lastAnswer();
    return answer == null ? fail(exchange, otherwise) : deliver(exchange, answer);
  }

  private Future<Void> deliver(Exchange exchange, Tried.Passed answer) {
    record(exchange, accounts.of(exchange, answer.status(), null));
    var headers = AnswerHeaders.ofWhole(exchange, exchange.attempts().getLast(), answer.headers());
    exchange.reply().whole(answer.status(), headers, answer.body());
    return Future.succeededFuture();
  }

  private Future<Void> fail(Exchange exchange, Failure failure) {
    record(exchange, accounts.of(exchange, failure.status(), failure));
    var headers = AnswerHeaders.ofFailure(exchange.id(), exchange);
    return say(exchange.arrival(), exchange.reply(), failure, headers);
  }

  private Future<Void> refuse(Arrival arrival, Reply reply, Failure failure, CallEntry entry) {
    shared.books().end(entry, false);
    observer.ended(entry);
    var headers = AnswerHeaders.ofFailure(arrival.call().id(), null);
    return say(arrival, reply, failure, headers);
  }

  private static Future<Void> say(
      Arrival arrival, Reply reply, Failure failure, List<Header> headers) {
    headers.addAll(AnswerHeaders.of(failure));
    var dialect = arrival.dialect();
    var body = dialect.error(failure.ofCall(arrival.call().id()));
    reply.whole(dialect.status(failure), headers, body);
    return Future.succeededFuture();
  }

  /// Records a call that was tried, by the policy that it began with.
  private void record(Exchange exchange, CallEntry entry) {
    shared.books().end(entry, exchange.policy().top().name().equals(entry.tier()));
    exchange.record();
    observer.ended(entry);
  }

  /// Asked when the attempt is sent: to write a large body anew takes a part of the deadline.
  private Duration timeout(Exchange exchange) {
    var left = exchange.left(time.nanos());
    var attempt = exchange.policy().limits().attemptTimeout();
    return attempt.compareTo(left) < 0 ? attempt : left;
  }

  private static String refusal(Exchange exchange, Tried.Failed failed) {
    var last = exchange.attempts().getLast();
    return "%s answered %d; its key, its quota or the model's name are ours to mend"
        .formatted(last.sku().model(), status(last, failed));
  }

  /// The status of an error; one that came in a stream, which had begun with 200, has that of its
  /// words.
  private static int status(AttemptEntry entry, Tried.Failed failed) {
    return entry.status() == 200 && failed.answer() != null
        ? failed.answer().status()
        : entry.status();
  }
}
