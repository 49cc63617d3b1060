package io.faregate.gateway;

import io.faregate.call.Rung;
import io.faregate.dialect.Body;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import io.faregate.policy.Snapshot;
import io.faregate.policy.route.Router;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The whole way of a call: decided, recorded, sent, relayed, settled. It runs on the event loop of
/// the call, so nothing here may block; calls may be on several loops at once.
public final class Gateway {
  /// What rows say of a call whose client left first; the number is nginx's.
  private static final int CLIENT_LEFT = 499;

  private final Supplier<Policy> policies;
  private final Providers providers;
  private final Journal journal;
  private final Observer observer;
  private final Time time;
  private final CallAccount accounts;
  private final ScaleLearner learner;

  /// @param policies the policy in force; a call keeps the one that it began with
  /// @param learner shared by the gateways of all loops
  public Gateway(
      Supplier<Policy> policies,
      Providers providers,
      Journal journal,
      Observer observer,
      Time time,
      ScaleLearner learner) {
    this.policies = policies;
    this.providers = providers;
    this.journal = journal;
    this.observer = observer;
    this.time = time;
    this.accounts = new CallAccount(time);
    this.learner = learner;
  }

  /// The one path that every call takes. The future completes when the call is over and recorded.
  public Future<Void> handle(Arrival arrival, Reply reply) {
    observer.began(arrival.call().demand().streamed());
    var policy = policies.get();
    if (!journal.ready()) {
      var failure = Failures.journalNotWritable();
      return refuse(arrival, reply, failure, accounts.refused(arrival, policy, null, failure));
    }
    var day = arrival.call().startedAt().atOffset(ZoneOffset.UTC).toLocalDate();
    var snapshot = new Snapshot(day, learner.scale());
    return switch (Router.decide(policy, arrival.call(), snapshot)) {
      case Refusal refusal -> {
        var failure = Failures.of(refusal);
        yield refuse(arrival, reply, failure, accounts.refused(arrival, policy, refusal, failure));
      }
      case Decision decision -> {
        var exchange = new Exchange(arrival, reply, policy, decision);
        yield tryRung(exchange, exchange.first());
      }
    };
  }

  /// Tries one rung of the chain.
  private Future<Void> tryRung(Exchange exchange, Rung rung) {
    var left = exchange.left(time.nanos());
    if (!left.isPositive()) {
      return fail(exchange, Failures.deadline(exchange.policy().limits().deadline()));
    }
    var attempt = new Attempt(exchange, rung, time);
    journal.append(attempt.started());
    return new Relay(exchange, attempt, time, entry -> settle(exchange, entry))
        .send(providers, outbound(exchange, rung), timeout(exchange, left))
        .compose(tried -> judge(exchange, tried));
  }

  /// Books what an attempt came to, before anybody hears that it is over.
  private void settle(Exchange exchange, AttemptEntry entry) {
    exchange.ended(entry);
    journal.append(entry);
    observer.ended(entry);
    if (entry.usage() != null && entry.usageReported() != null) {
      var bytes = exchange.arrival().call().demand().inputBytes().total();
      learner.learn(entry.sku().model(), bytes, entry.usage().inputTotal());
    }
  }

  /// What came of an attempt: the end of the call, or the next rung.
  private Future<Void> judge(Exchange exchange, Tried tried) {
    return switch (tried) {
      case Tried.Answered(var answer) -> deliver(exchange, answer);
      case Tried.Relayed(var status) -> {
        record(accounts.of(exchange, status, null));
        exchange.reply().end();
        yield Future.succeededFuture();
      }
      case Tried.Gone _ -> {
        record(accounts.of(exchange, CLIENT_LEFT, null));
        yield Future.succeededFuture();
      }
      case Tried.Failed failed -> next(exchange, failed);
    };
  }

  private Future<Void> next(Exchange exchange, Tried.Failed failed) {
    exchange.keep(failed.answer());
    if (failed.error() == ProviderError.OURS) {
      observer.alert("provider_refuses_us", exchange.id(), refusal(exchange));
    }
    var rung =
        switch (failed.error()) {
          case CLIENTS -> Optional.<Rung>empty();
          case CONTEXT_LENGTH -> exchange.larger();
          case PASSING, RATE_LIMITED, OURS -> exchange.next(failed.reason());
        };
    return rung.isPresent() ? tryRung(exchange, rung.get()) : giveUp(exchange);
  }

  /// The chain is at its end without an answer: the last provider's own goes to the client.
  private Future<Void> giveUp(Exchange exchange) {
    var answer = exchange.lastAnswer();
    if (answer != null) {
      return deliver(exchange, answer);
    }
    return exchange.left(time.nanos()).isPositive()
        ? fail(exchange, Failures.attemptsExhausted(exchange.tried()))
        : fail(exchange, Failures.deadline(exchange.policy().limits().deadline()));
  }

  private Future<Void> deliver(Exchange exchange, Tried.Passed answer) {
    record(accounts.of(exchange, answer.status(), null));
    var headers = AnswerHeaders.ofWhole(exchange, exchange.attempts().getLast(), answer.headers());
    exchange.reply().whole(answer.status(), headers, answer.body());
    return Future.succeededFuture();
  }

  private Future<Void> fail(Exchange exchange, Failure failure) {
    record(accounts.of(exchange, failure.status(), failure));
    var headers = AnswerHeaders.ofFailure(exchange.id(), exchange);
    return say(exchange.arrival(), exchange.reply(), failure, headers);
  }

  private Future<Void> refuse(Arrival arrival, Reply reply, Failure failure, CallEntry entry) {
    record(entry);
    var headers = AnswerHeaders.ofFailure(arrival.call().id(), null);
    return say(arrival, reply, failure, headers);
  }

  private static Future<Void> say(
      Arrival arrival, Reply reply, Failure failure, List<Header> headers) {
    headers.addAll(AnswerHeaders.of(failure));
    var body = arrival.dialect().error(failure.ofCall(arrival.call().id()));
    reply.whole(failure.status(), headers, body);
    return Future.succeededFuture();
  }

  private void record(CallEntry entry) {
    journal.append(entry);
    observer.ended(entry);
  }

  private static Outbound outbound(Exchange exchange, Rung rung) {
    var arrival = exchange.arrival();
    var decision = exchange.decision();
    var cap = decision.outputLimit();
    var asked = arrival.call().demand().outputLimit();
    var lowered = cap != null && (asked == null || cap < asked) ? cap : null;
    var changes = new Body.Changes(rung.model().name(), decision.turnsTrimmed(), lowered);
    return new Outbound(
        rung.model(),
        arrival.dialect().path(),
        arrival.forwarded(),
        arrival.body().forProvider(changes));
  }

  private static Duration timeout(Exchange exchange, Duration left) {
    var attempt = exchange.policy().limits().attemptTimeout();
    return attempt.compareTo(left) < 0 ? attempt : left;
  }

  private static String refusal(Exchange exchange) {
    var last = exchange.attempts().getLast();
    return "%s answered %d; its key, its quota or the model's name are ours to mend"
        .formatted(last.sku().model(), last.status());
  }
}
