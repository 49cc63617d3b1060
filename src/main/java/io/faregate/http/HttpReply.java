package io.faregate.http;

import io.faregate.gateway.Header;
import io.faregate.gateway.Reply;
import io.faregate.wire.Bodies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one client hears, on its event loop. Nothing is written to a client that has left.
final class HttpReply implements Reply {
  /// The usual status of a reached limit of spend.
  static final int LIMIT_REACHED = 402;

  /// For so long a broken answer stays open after its last piece was written: a client that reads
  /// through `fetch` loses what it has not taken yet when the connection breaks.
  private static final long LINGER_MILLIS = 100;

  private final HttpServerResponse response;
  private final Vertx vertx;
  private final int refusalStatus;
  private final Runnable ending;
  private @Nullable Runnable gone;
  private boolean left;
  private Future<Void> written = Future.succeededFuture();

  HttpReply(HttpServerResponse response, Vertx vertx) {
    this(response, vertx, LIMIT_REACHED, () -> {});
  }

  /// @param refusalStatus what this client hears in place of 402 when a limit of ours is reached
  /// @param ending runs before the client hears the end; harmless if it runs again
  HttpReply(HttpServerResponse response, Vertx vertx, int refusalStatus, Runnable ending) {
    this.response = response;
    this.vertx = vertx;
    this.refusalStatus = refusalStatus;
    this.ending = ending;
    response.closeHandler(_ -> leave());
    response.exceptionHandler(_ -> leave());
  }

  @Override
  public void whole(int status, List<Header> headers, byte[] body) {
    if (open()) {
      var ours = Header.value(headers, "x-faregate-error") != null;
      head(ours && status == LIMIT_REACHED ? refusalStatus : status, headers);
      ending.run();
      written = response.end(Bodies.buffer(body));
    }
  }

  @Override
  public void begin(int status, List<Header> headers) {
    if (open()) {
      head(status, headers);
      response.setChunked(true);
    }
  }

  @Override
  public boolean piece(byte[] bytes) {
    if (open()) {
      var _ = response.write(Bodies.buffer(bytes));
    }
    return !response.writeQueueFull();
  }

  @Override
  public void end() {
    if (open()) {
      ending.run();
      written = response.end();
    }
  }

  @Override
  public void breakOff(byte[] last) {
    if (open()) {
      left = true;
      ending.run();
      written =
          response
              .write(Bodies.buffer(last))
              .eventually(() -> vertx.timer(LINGER_MILLIS, TimeUnit.MILLISECONDS))
              .eventually(response::reset);
    }
  }

  @Override
  public void whenReady(Runnable action) {
    response.drainHandler(_ -> action.run());
  }

  @Override
  public void whenGone(Runnable action) {
    gone = action;
    if (left) {
      action.run();
    }
  }

  /// Completes when all that the client hears is on its way, or the client has left. To be asked
  /// once its answer has ended.
  Future<Void> written() {
    return written;
  }

  private boolean open() {
    return !left && !response.ended() && !response.closed();
  }

  private void head(int status, List<Header> headers) {
    response.setStatusCode(status);
    var all = response.headers();
    for (var header : headers) {
      all.add(header.name(), header.value());
    }
  }

  private void leave() {
    if (!left && !response.ended()) {
      left = true;
      if (gone != null) {
        gone.run();
      }
    }
  }
}
