package io.faregate.simulator;

import io.faregate.simulator.BillLine.Ending;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.TokenCount;
import io.faregate.simulator.tongue.Tongue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt on its connection: sends the answer at the pace of the settings, with the faults of
/// its [Conduct], and closes its line of the bill, whoever ends it. Runs on one event loop.
///
/// The bill is charged before the last byte leaves, so a client that has read everything finds it
/// there.
final class Exchange {
  /// The connection and the dialect spoken on it.
  record Wire(HttpServerRequest request, Tongue tongue) {}

  /// What an attempt is sent with: timers, a clock in nanoseconds, and the provider's pace.
  record Tempo(Vertx vertx, LongSupplier nanos, Duration firstByte, Duration perToken) {}

  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  /// What is written at once has no more pieces, since each takes memory until the client reads.
  private static final int MOST_PIECES = 10_000;

  private final Tempo tempo;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Tongue tongue;
  private final Sold sold;
  private final Sale sale;
  private final Conduct conduct;
  private final Bill.Tab tab;
  private final long tokenNanos;

  private boolean begun;
  private boolean over;
  private long contentFromNanos;
  private long timer = -1;
  private long events;
  private long bytes;
  private long produced;
  private boolean usageReported;

  Exchange(Tempo tempo, Wire wire, Sold sold, Bill.Tab tab) {
    this.tempo = tempo;
    this.request = wire.request();
    this.response = request.response();
    this.tongue = wire.tongue();
    this.sold = sold;
    this.sale = sold.sale();
    this.conduct = sold.conduct();
    this.tab = tab;
    this.tokenNanos = tempo.perToken().toNanos();
  }

  void start() {
    response.closeHandler(_ -> clientLeft());
    // Writing to a client that left fails; the close handler tells the bill.
    response.exceptionHandler(_ -> {});
    later(tempo.firstByte().plus(conduct.headDelay).toNanos(), this::open);
  }

  private void open() {
    switch (conduct.opening) {
      case STATUS -> fail();
      case RESET -> {
        over = true;
        settleFailed();
        drop(Future.succeededFuture());
      }
      case SILENCE -> {}
      case ANSWER -> answer();
    }
  }

  private void answer() {
    begun = true;
    long thinking = tokenNanos * sale.tokens().reasoning();
    contentFromNanos = tempo.nanos().getAsLong() + conduct.firstEventDelay.toNanos() + thinking;
    response.putHeader(tongue.requestIdHeader(), tab.requestId());
    if (sale.ask().streamed()) {
      head(tongue.streamType());
      response.putHeader("cache-control", "no-cache").setChunked(true);
      Future<Void> headSent = response.writeHead();
      pump(EventQueue.of(tongue, sale, conduct), headSent);
    } else {
      later(dueNanos(sale.answer().visibleTokens()), this::sendPlain);
    }
  }

  private void head(String contentType) {
    String lie = conduct.contentType;
    response.putHeader("content-type", lie == null ? contentType : lie);
  }

  private void sendPlain() {
    head("application/json");
    over = true;
    if (conduct.errorInside()) {
      tab.waive();
      end(Buffer.buffer(tongue.error(Decline.ofStatus(500))));
      return;
    }
    Buffer body = Buffer.buffer(tongue.plain(sale) + " ".repeat(conduct.hugeBytes));
    boolean broken = conduct.malformedEvent != Integer.MAX_VALUE;
    int kept = conduct.cutBytes == Integer.MAX_VALUE ? body.length() / 2 : conduct.cutBytes;
    if (conduct.cut() && kept < body.length()) {
      tab.charge(sold, sale.tokens(), Ending.CUT, false);
      response.putHeader("content-length", String.valueOf(body.length()));
      drop(write(body.slice(0, kept)));
      return;
    }
    tab.charge(sold, sale.tokens(), Ending.COMPLETE, sale.reported().right() && !broken);
    Buffer whole = broken ? body.slice(0, body.length() / 2) : body.appendBuffer(trailing());
    end(whole);
  }

  /// What comes after the end of an answer: nothing, as a rule.
  private Buffer trailing() {
    return conduct.trailingError
        ? Buffer.buffer(tongue.error(Decline.ofStatus(500)))
        : Buffer.buffer();
  }

  /// Sends all events that are due, then waits for the next one or for the client to read.
  private void pump(EventQueue stream, Future<Void> lastWrite) {
    Future<Void> written = lastWrite;
    while (!over) {
      if (events >= conduct.cutEvents) {
        cut(written);
        return;
      }
      if (events >= conduct.endEvents || !stream.hasNext()) {
        over = true;
        charge(Ending.CUT);
        end(Buffer.buffer());
        return;
      }
      if (response.writeQueueFull()) {
        Future<Void> earlier = written;
        response.drainHandler(_ -> guarded(() -> pump(stream, earlier)));
        return;
      }
      long wait = dueNanos(stream.tokensDue());
      if (wait > 0) {
        Future<Void> earlier = written;
        later(wait, () -> pump(stream, earlier));
        return;
      }
      written = send(stream.next(), !stream.hasNext());
    }
  }

  private Future<Void> send(Line event, boolean last) {
    events++;
    produced += event.tokens();
    boolean broken = events == Math.max(1, conduct.malformedEvent);
    switch (event.tells()) {
      case USAGE -> usageReported = !broken;
      case WRONG_USAGE -> usageReported = false;
      case NOTHING -> usageReported &= event.tokens() == 0;
    }
    Buffer text = broken ? tongue.brokenEvent(sale) : event.bytes().get();
    if (last) {
      text.appendBuffer(trailing());
    }
    if (bytes + text.length() > conduct.cutBytes) {
      cut(write(text.slice(0, (int) (conduct.cutBytes - bytes))));
      return Future.succeededFuture();
    }
    bytes += text.length();
    if (!last) {
      return write(text);
    }
    over = true;
    settleStream();
    end(text);
    return Future.succeededFuture();
  }

  /// Writes it whole, or in the pieces that a fault asks for.
  private Future<Void> write(Buffer text) {
    int pieceBytes = pieceBytes(text);
    int from = 0;
    while (text.length() - from > pieceBytes) {
      // A failed write is a client that left.
      response.write(text.slice(from, from + pieceBytes)).onFailure(_ -> {});
      from += pieceBytes;
    }
    return response.write(text.slice(from, text.length()));
  }

  private int pieceBytes(Buffer text) {
    return Math.max(conduct.pieceBytes, Math.ceilDiv(text.length(), MOST_PIECES));
  }

  private void charge(Ending ending) {
    tab.charge(sold, sale.tokens().producing(produced), ending, usageReported);
  }

  private void settleStream() {
    if (!conduct.errorInside()) {
      charge(Ending.COMPLETE);
    } else if (produced > 0) {
      charge(Ending.FAILED);
    } else {
      tab.waive();
    }
  }

  private void cut(Future<Void> written) {
    over = true;
    charge(Ending.CUT);
    drop(written);
  }

  private void fail() {
    over = true;
    settleFailed();
    Fault.Status status = conduct.status;
    if (status == null) {
      throw new IllegalStateException("an error without its status");
    }
    if (status.retryAfterSeconds() >= 0) {
      response.putHeader("retry-after", String.valueOf(status.retryAfterSeconds()));
    }
    Decline decline =
        status.status() == 400 && status.billed()
            ? Decline.filtered()
            : Decline.ofStatus(status.status(), status.retryAfterSeconds());
    tongue.errorHeaders(decline).forEach(response::putHeader);
    response.setStatusCode(status.status());
    response.putHeader(tongue.requestIdHeader(), tab.requestId());
    response.putHeader("content-type", "application/json");
    String body = status.body();
    end(Buffer.buffer(body.isEmpty() ? tongue.error(decline) : body));
  }

  private void settleFailed() {
    if (conduct.billed) {
      tab.charge(sold, sale.tokens().promptOnly(), Ending.FAILED, false);
    } else {
      tab.waive();
    }
  }

  /// The client closed the connection: it pays for the prompt and for what was produced by now.
  private void clientLeft() {
    if (over) {
      return;
    }
    over = true;
    if (timer >= 0) {
      tempo.vertx().cancelTimer(timer);
    }
    if (conduct.opening == Conduct.Opening.STATUS || conduct.opening == Conduct.Opening.RESET) {
      settleFailed();
      return;
    }
    if (begun && !sale.ask().streamed()) {
      produced = producedUnseen();
    }
    TokenCount tokens = begun ? sale.tokens().producing(produced) : sale.tokens().promptOnly();
    tab.charge(sold, tokens, Ending.CLIENT_LEFT, usageReported);
  }

  /// The tokens of a plain answer that were ready when the client left.
  private long producedUnseen() {
    long all = sale.answer().visibleTokens();
    long each = tokenNanos + conduct.everyEventDelay.toNanos();
    long elapsed = tempo.nanos().getAsLong() - contentFromNanos;
    return each == 0 ? all : Math.clamp(elapsed / each, 0, all);
  }

  /// How long until that many tokens are there, in nanoseconds; 0 or less if they are.
  private long dueNanos(long tokens) {
    if (tokenNanos == 0 && conduct.everyEventDelay.isZero() && conduct.firstEventDelay.isZero()) {
      return 0;
    }
    long each = tokenNanos + conduct.everyEventDelay.toNanos();
    return contentFromNanos + each * tokens - tempo.nanos().getAsLong();
  }

  /// Runs `next` after that time, at once if there is none. Vert.x's timers count milliseconds.
  private void later(long nanos, Runnable next) {
    if (nanos <= 0) {
      next.run();
      return;
    }
    timer = tempo.vertx().setTimer(Math.ceilDiv(nanos, 1_000_000L), _ -> guarded(next));
  }

  /// Runs what nobody waits for any more: where it fails, by a bug of ours or a script that asks
  /// for what cannot be sent, the client must not wait for ever.
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("request", tab.requestId())
          .setCause(e)
          .log("simulated call failed");
      over = true;
      tab.waive();
      drop(Future.succeededFuture());
    }
  }

  private void end(Buffer body) {
    int pieceBytes = pieceBytes(body);
    int last = Math.max(0, body.length() - 1) / pieceBytes * pieceBytes;
    if (last > 0) {
      if (!response.headWritten()) {
        response.setChunked(true);
      }
      var _ = write(body.slice(0, last));
    }
    // A failed write is a client that left, which changes nothing now.
    response.end(body.slice(last, body.length())).onFailure(_ -> {});
  }

  private void drop(Future<Void> afterWrite) {
    afterWrite.onComplete(_ -> request.connection().close());
  }
}
