package io.faregate.http;

import io.faregate.dialect.Failure;
import io.faregate.dialect.body.Gathered;
import io.faregate.wire.Bodies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/// Reads the body of a request whole, within its limits of size and time.
final class BodyReader {
  private final HttpServerRequest request;
  private final DataPort.Settings settings;
  private final Gathered bytes;
  private final Promise<Read> read = Promise.promise();

  /// What came of it.
  sealed interface Read {
    /// The body has come.
    @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
    record Whole(byte[] bytes) implements Read {}

    /// It is too large, or took too long.
    record Refused(Failure failure) implements Read {}

    /// The client left in the middle.
    record Gone() implements Read {}
  }

  private BodyReader(HttpServerRequest request, DataPort.Settings settings, int expected) {
    this.request = request;
    this.settings = settings;
    this.bytes = new Gathered(expected);
  }

  /// Reads the body. The future fails only for a bug.
  static Future<Read> read(Vertx vertx, HttpServerRequest request, DataPort.Settings settings) {
    long stated = length(request);
    if (stated > settings.bodyBytes()) {
      return Future.succeededFuture(new Read.Refused(Refusals.tooLarge(settings.bodyBytes())));
    }
    var reader = new BodyReader(request, settings, (int) Math.max(0, Math.min(stated, 65_536)));
    // Most bodies come with their heads, within this turn of the event loop, and need no timer.
    vertx.runOnContext(_ -> reader.hurry(vertx));
    return reader.read();
  }

  private Future<Read> read() {
    request.handler(piece -> {
      if (read.future().isComplete()) {
        return; // Refused: what still comes is not kept.
      }
      if (bytes.length() + piece.length() > settings.bodyBytes()) {
        read.tryComplete(new Read.Refused(Refusals.tooLarge(settings.bodyBytes())));
      } else {
        bytes.add(Bodies.bytes(piece));
      }
    });
    request.endHandler(_ -> read.tryComplete(new Read.Whole(bytes.whole())));
    request.exceptionHandler(_ -> read.tryComplete(new Read.Gone()));
    return read.future();
  }

  /// Gives what is still to come the time that a body has.
  private void hurry(Vertx vertx) {
    if (!read.future().isComplete()) {
      var alarm = vertx.timer(settings.bodyMillis(), TimeUnit.MILLISECONDS);
      var tooSlow = new Read.Refused(Refusals.tooSlow(settings.bodyMillis()));
      alarm.onSuccess(_ -> read.tryComplete(tooSlow));
      read.future().onComplete(_ -> alarm.cancel());
    }
  }

  private static long length(HttpServerRequest request) {
    var stated = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return stated == null ? -1 : Long.parseLong(stated);
    } catch (NumberFormatException notANumber) {
      // The decoder has refused it already; the count of bytes decides.
      return -1;
    }
  }
}
