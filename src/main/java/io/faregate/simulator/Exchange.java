package io.faregate.simulator;

import io.faregate.simulator.BillLine.Ending;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.LongSupplier;

/// One attempt on its connection: sends the answer at the pace of the settings, with the faults of
/// its [Conduct], and closes its line of the bill, whoever ends it. Runs on one event loop.
///
/// The bill is charged before the last byte leaves, so a client that has read everything finds it
/// there.
final class Exchange {
  private static final String BROKEN_EVENT = "data: {\"id\":\"chatcmpl\",\"choices\":[{\"ind\n\n";

  /// What an attempt is sent with: timers, a clock in nanoseconds, and the provider's pace.
  record Tempo(Vertx vertx, LongSupplier nanos, Duration firstByte, Duration perToken) {}

  private final Tempo tempo;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
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

  Exchange(Tempo tempo, HttpServerRequest request, Sale sale, Bill.Tab tab) {
    this.tempo = tempo;
    this.request = request;
    this.response = request.response();
    this.sale = sale;
    this.conduct = sale.conduct();
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
    response.putHeader("x-request-id", tab.requestId());
    if (sale.call().streamed()) {
      head("text/event-stream; charset=utf-8");
      response.putHeader("cache-control", "no-cache").setChunked(true);
      Future<Void> headSent = response.writeHead();
      pump(new ChatStream(sale), headSent);
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
      end(Buffer.buffer(ChatError.ofStatus(500).json()));
      return;
    }
    Buffer body = Buffer.buffer(sale.body());
    boolean broken = conduct.malformedEvent != Integer.MAX_VALUE;
    int kept = conduct.cutBytes == Integer.MAX_VALUE ? body.length() / 2 : conduct.cutBytes;
    if (conduct.cut() && kept < body.length()) {
      tab.charge(sale, sale.tokens(), Ending.CUT, false);
      response.putHeader("content-length", String.valueOf(body.length()));
      drop(response.write(body.slice(0, kept)));
      return;
    }
    tab.charge(sale, sale.tokens(), Ending.COMPLETE, conduct.reportsUsage() && !broken);
    end(broken ? body.slice(0, body.length() / 2) : body);
  }

  /// Sends all events that are due, then waits for the next one or for the client to read.
  private void pump(ChatStream stream, Future<Void> lastWrite) {
    Future<Void> written = lastWrite;
    while (!over) {
      if (events >= conduct.cutEvents) {
        cut(written);
        return;
      }
      if (response.writeQueueFull()) {
        Future<Void> earlier = written;
        response.drainHandler(_ -> pump(stream, earlier));
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

  private Future<Void> send(ChatStream.Event event, boolean last) {
    events++;
    produced += event.tokens();
    boolean broken = events == Math.max(1, conduct.malformedEvent);
    if (event.finalUsage()) {
      usageReported = !broken;
    }
    Buffer text = Buffer.buffer(broken ? BROKEN_EVENT : event.text());
    if (bytes + text.length() > conduct.cutBytes) {
      cut(response.write(text.slice(0, (int) (conduct.cutBytes - bytes))));
      return Future.succeededFuture();
    }
    bytes += text.length();
    if (!last) {
      return response.write(text);
    }
    over = true;
    settleStream();
    return response.end(text);
  }

  private void settleStream() {
    TokenCount tokens = sale.tokens().producing(produced);
    if (!conduct.errorInside()) {
      tab.charge(sale, tokens, Ending.COMPLETE, usageReported);
    } else if (produced > 0) {
      tab.charge(sale, tokens, Ending.FAILED, usageReported);
    } else {
      tab.waive();
    }
  }

  private void cut(Future<Void> written) {
    over = true;
    tab.charge(sale, sale.tokens().producing(produced), Ending.CUT, usageReported);
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
    response.setStatusCode(status.status());
    response.putHeader("x-request-id", tab.requestId());
    response.putHeader("content-type", "application/json");
    String body = status.body();
    end(Buffer.buffer(body.isEmpty() ? ChatError.ofStatus(status.status()).json() : body));
  }

  private void settleFailed() {
    if (conduct.billed) {
      tab.charge(sale, sale.tokens().promptOnly(), Ending.FAILED, false);
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
    if (begun && !sale.call().streamed()) {
      produced = producedUnseen();
    }
    TokenCount tokens = begun ? sale.tokens().producing(produced) : sale.tokens().promptOnly();
    tab.charge(sale, tokens, Ending.CLIENT_LEFT, usageReported);
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
    timer = tempo.vertx().setTimer(Math.ceilDiv(nanos, 1_000_000L), _ -> next.run());
  }

  private void end(Buffer body) {
    // A failed write is a client that left, which changes nothing now.
    response.end(body).onFailure(_ -> {});
  }

  private void drop(Future<Void> afterWrite) {
    afterWrite.onComplete(_ -> request.connection().close());
  }
}
