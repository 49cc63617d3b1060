package io.faregate.gateway;

import io.faregate.call.Ending;
import io.faregate.call.Reason;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.body.Gathered;
import io.faregate.ledger.AttemptEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt on the wire: hears the provider, reads usage in passing, and relays a stream to the
/// client from its first content on. It ends exactly once, whoever ends it: the provider, the
/// client, or an alarm. It lives on the event loop of its call.
final class Relay implements Providers.Listener {
  private static final int MAX_BODY = 32 * 1024 * 1024;

  /// After so much silence a client is told that its stream is alive. Source: CLIENTS §6.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final Exchange exchange;
  private final Attempt attempt;
  private final Carriage carriage;
  private final Time time;
  private final Consumer<AttemptEntry> settle;
  private final Promise<Tried> tried = Promise.promise();
  private final Gathered body = new Gathered();

  private Providers.@Nullable Sending sending;
  private Time.@Nullable Alarm alarm;
  private List<Header> headers = List.of();
  private @Nullable StreamReader stream;
  private boolean begun;
  private boolean paused;
  private boolean over;
  private long lastPieceNanos;

  /// @param settle takes the row of the attempt before anybody hears that it is over
  Relay(Exchange exchange, Attempt attempt, Time time, Consumer<AttemptEntry> settle) {
    this.exchange = exchange;
    this.attempt = attempt;
    this.carriage = exchange.carriage();
    this.time = time;
    this.settle = settle;
  }

  /// Sends the attempt. The future completes with what came of it, and fails only for a bug.
  Future<Tried> send(Providers providers, Duration timeout) {
    alarm = time.in(timeout, () -> timedOut(timeout));
    exchange.reply().whenGone(this::gone);
    var forwarded = exchange.arrival().forwarded();
    sending = providers.send(Outbound.of(attempt.rung().model(), carriage, forwarded), this);
    return tried.future();
  }

  @Override
  public void head(int status, List<Header> headers) {
    attempt.answered(status, AnswerHeaders.requestId(headers));
    attempt.heard(time.nanos());
    var type = Header.value(headers, "content-type");
    if (status == 200 && type != null) {
      stream = carriage.stream(type);
    }
    this.headers =
        carriage.straight() ? headers : AnswerHeaders.translated(headers, stream != null);
  }

  @Override
  public void piece(byte[] bytes) {
    if (over) {
      return;
    }
    if (stream == null) {
      collect(bytes);
      return;
    }
    lastPieceNanos = time.nanos();
    try {
      relay(stream.relay(bytes), stream);
    } catch (DialectException malformed) {
      // Nothing of the piece has been relayed, be it the end of the answer.
      cancel();
      cutOff(String.valueOf(malformed.getMessage()));
    }
  }

  @Override
  public void end() {
    if (over) {
      return;
    }
    if (stream == null) {
      wholeAnswer();
      return;
    }
    try {
      relay(stream.end(), stream);
    } catch (DialectException malformed) {
      broken(String.valueOf(malformed.getMessage()));
    }
    if (!over && !wasComplete()) {
      cutOff("the provider ended its stream without saying that it was complete");
    }
  }

  @Override
  public void failed(boolean sent, String message) {
    if (over) {
      return;
    }
    if (stream != null || body.length() > 0) {
      broken(message);
    } else {
      fail(sent ? Ending.LOST : Ending.UNSENT, message, Reason.PROVIDER_ERROR);
    }
  }

  private void collect(byte[] bytes) {
    if (body.length() + bytes.length > MAX_BODY) {
      cancel();
      fail(Ending.CUT, "its answer grows over 32 MiB", Reason.PROVIDER_ERROR);
      return;
    }
    body.add(bytes);
  }

  private void relay(byte[] bytes, StreamReader stream) {
    if (!begun && stream.answer().failure() != null) {
      broken("the provider reported an error in its stream");
      return;
    }
    if (bytes.length == 0) {
      return;
    }
    if (!begun) {
      begin();
    }
    if (!exchange.reply().piece(bytes)) {
      pause();
    }
  }

  /// Nothing more is asked of the provider until the client has taken what there is. Meanwhile the
  /// silence is not the provider's, and the client has enough to read.
  private void pause() {
    if (!paused && sending != null) {
      paused = true;
      stopAlarm();
      sending.pause();
      exchange.reply().whenReady(this::resume);
    }
  }

  private void resume() {
    if (paused && !over && sending != null) {
      paused = false;
      lastPieceNanos = time.nanos();
      watchSilence(exchange.policy().limits().idle());
      sending.resume();
    }
  }

  private void begin() {
    begun = true;
    exchange.firstPiece(lastPieceNanos);
    exchange.reply().begin(attempt.status(), AnswerHeaders.ofStream(exchange, attempt, headers));
    watchSilence(exchange.policy().limits().idle());
  }

  /// From the first content on, only silence ends the attempt. Until then the client hears now and
  /// then that it is not forgotten; whole events are relayed, so this never falls into one.
  private void watchSilence(Duration idle) {
    stopAlarm();
    var next = idle.compareTo(KEEP_ALIVE) < 0 ? idle : KEEP_ALIVE;
    alarm = time.in(next, () -> silent(idle, lastPieceNanos));
  }

  /// @param sinceNanos when the client last heard anything
  private void silent(Duration idle, long sinceNanos) {
    var now = time.nanos();
    var heard = Math.max(lastPieceNanos, sinceNanos);
    var left = idle.minusNanos(now - lastPieceNanos);
    if (!left.isPositive()) {
      broken("the provider was silent for " + idle.toSeconds() + " s in the middle of its answer");
      return;
    }
    var quiet = KEEP_ALIVE.minusNanos(now - heard);
    if (!quiet.isPositive()) {
      var _ = exchange.reply().piece(dialect().keepAlive());
      heard = now;
      quiet = KEEP_ALIVE;
    }
    var since = heard;
    alarm = time.in(left.compareTo(quiet) < 0 ? left : quiet, () -> silent(idle, since));
  }

  private void wholeAnswer() {
    var bytes = body.whole(Header.value(headers, "content-encoding"));
    if (attempt.status() / 100 != 2) {
      refused(bytes);
      return;
    }
    try {
      var carried = carriage.answer(bytes);
      var answer = carried.answer();
      if (carried.refused() != null || answer.failure() != null) {
        attempt.failed("the provider reported an error in its answer");
      }
      if (carried.refused() != null) {
        refusedInside(carried.refused(), answer, headers);
        return;
      }
      settle(answered(answer), answer);
      exchange.firstPiece(attempt.endedNanos());
      if (answer.failure() == null) {
        tried.complete(
            new Tried.Answered(new Tried.Passed(attempt.status(), headers, carried.body())));
      } else {
        fail(carriage.refused(502, bytes), headers);
      }
    } catch (DialectException malformed) {
      attempt.failed("its answer cannot be read: " + malformed.getMessage());
      var spent = carriage.spent(bytes);
      settle(spent.usage().isPresent() ? Ending.ANSWERED : Ending.CUT, spent);
      tried.complete(new Tried.Failed(Reason.PROVIDER_ERROR, ProviderError.PASSING, null));
    }
  }

  private void refused(byte[] bytes) {
    var refused = carriage.refused(attempt.status(), bytes);
    settle(refusal(refused.meaning()));
    fail(refused, headers);
  }

  private boolean leavesAnotherKey(Carriage.Refused refused) {
    return refused.meaning() == ProviderError.RATE_LIMITED
        && sending != null
        && sending.leavesAnotherKey();
  }

  /// An error came with a status of success, in a stream or whole, in place of any content. One of
  /// the account or of the length of the input was told before anything was written, as with a
  /// status of its own; of another one, and after usage was told in a stream, nobody knows.
  private void refusedInside(Carriage.Refused refused, Answer answer, List<Header> headers) {
    var meaning = refused.meaning();
    var cut = stream == null && answer.usage().isPresent() ? Ending.ANSWERED : Ending.CUT;
    var untouched =
        switch (meaning) {
          case RATE_LIMITED, OURS, CONTEXT_LENGTH, FILTERED -> answer.usage().isEmpty();
          case PASSING, CLIENTS, KEY_LIMITED -> false;
        };
    settle(untouched ? refusal(meaning) : cut, answer);
    if (meaning == ProviderError.RATE_LIMITED && sending != null) {
      sending.limited(Header.retryAfter(headers));
    }
    fail(refused, headers);
  }

  private static Ending refusal(ProviderError meaning) {
    return meaning == ProviderError.FILTERED ? Ending.REFUSED_BILLED : Ending.REFUSED;
  }

  private void fail(Carriage.Refused told, List<Header> headers) {
    var refused = leavesAnotherKey(told) ? told.as(ProviderError.KEY_LIMITED) : told;
    var reason =
        switch (refused.meaning()) {
          case RATE_LIMITED, KEY_LIMITED -> Reason.RATE_LIMITED;
          case CONTEXT_LENGTH -> Reason.LONG_CONTEXT;
          case PASSING, OURS, CLIENTS, FILTERED -> Reason.PROVIDER_ERROR;
        };
    var answer = new Tried.Passed(refused.status(), headers, refused.body());
    tried.complete(new Tried.Failed(reason, refused.meaning(), answer));
  }

  /// Usage stands before the end of a stream, so whatever happens after that end (the client or the
  /// provider closes, or stays silent) takes nothing from the answer.
  ///
  /// @return whether the client has had the end, and the attempt is over
  private boolean wasComplete() {
    if (!begun || stream == null || !stream.answer().complete()) {
      return false;
    }
    settle(answered(stream.answer()), stream.answer());
    tried.complete(new Tried.Relayed(attempt.status()));
    return true;
  }

  private static Ending answered(Answer answer) {
    return answer.usage().isPresent() ? Ending.ANSWERED : Ending.NO_USAGE;
  }

  /// Nothing more will come of the provider.
  private void broken(String what) {
    cancel();
    if (!wasComplete()) {
      cutOff(what);
    }
  }

  /// The answer broke off. Before its first content another attempt may follow; afterwards the
  /// client gets an error that it cannot mistake for an end.
  private void cutOff(String what) {
    attempt.failed(what);
    var answer = stream == null ? Answer.NOTHING : stream.answer();
    var refused = begun || stream == null ? null : stream.refused();
    if (refused != null) {
      refusedInside(refused, answer, AnswerHeaders.translated(headers, false));
      return;
    }
    settle(Ending.CUT, answer);
    if (!begun) {
      tried.complete(new Tried.Failed(Reason.PROVIDER_ERROR, ProviderError.PASSING, null));
      return;
    }
    if (answer.failure() != null || stream == null) {
      // The client has the provider's own error already, which its dialect takes for an end.
      tried.complete(new Tried.Relayed(502));
      return;
    }
    var failure = Failure.passing(502, "api_error", "faregate_stream_cut", what);
    var last = stream.error(failure.ofCall(exchange.id()), dialect());
    tried.complete(new Tried.BrokenOff(502, last));
  }

  private void timedOut(Duration timeout) {
    if (over) {
      return;
    }
    cancel();
    var sent = sent();
    var why = sent ? "no content came within %,d ms" : "no connection could be made within %,d ms";
    var ending = sent ? Ending.LOST : Ending.UNSENT;
    fail(stream == null ? ending : Ending.CUT, why.formatted(timeout.toMillis()), Reason.TIMEOUT);
  }

  /// Ends the attempt without an answer to hand on.
  private void fail(Ending ending, String why, Reason reason) {
    attempt.failed(why);
    settle(ending);
    tried.complete(new Tried.Failed(reason, ProviderError.PASSING, null));
  }

  private void gone() {
    if (over) {
      return;
    }
    cancel();
    if (!wasComplete()) {
      settle(sent() ? Ending.ABANDONED : Ending.UNSENT);
      tried.complete(new Tried.Gone());
    }
  }

  private boolean sent() {
    return sending != null && sending.sent();
  }

  private void cancel() {
    if (sending != null) {
      sending.cancel();
    }
  }

  private void settle(Ending ending) {
    settle(ending, stream == null ? Answer.NOTHING : stream.answer());
  }

  private void settle(Ending ending, Answer answer) {
    over = true;
    stopAlarm();
    exchange.answerId(answer.id());
    try {
      settle.accept(attempt.over(ending, answer, time.nanos()));
    } catch (RuntimeException bug) {
      tried.fail(bug);
      throw bug;
    }
  }

  private void stopAlarm() {
    if (alarm != null) {
      alarm.cancel();
    }
  }

  private Dialect dialect() {
    return exchange.arrival().dialect();
  }
}
