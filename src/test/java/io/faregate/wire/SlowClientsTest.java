package io.faregate.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
  private static final SlowClients.Patience PATIENCE = new SlowClients.Patience(1, 2, 1);
  private static final long LATE_MILLIS = 2_500;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  @Test
  void aConnectionIsKeptForAnAnswerThatIsLateAndClosedWhenNothingIsAskedAnyMore() throws Exception {
    var server = serve();
    try (var client = connect(server)) {
      ask(client, "GET /late", "");
      ask(client, "POST /at-once", "expect: 100-continue\r\ncontent-length: 2\r\n");
      client.getOutputStream().write("{}".getBytes(US_ASCII));

      var all = new String(client.getInputStream().readAllBytes(), US_ASCII);

      assertThat(all).contains("late", "HTTP/1.1 100", "at once");
    }
  }

  @Test
  void aConnectionOverWhichNothingWasAskedIsClosed() throws Exception {
    try (var client = connect(serve())) {
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aConnectionWhoseAnswerIsNotReadIsClosed() throws Exception {
    var closed = new CompletableFuture<@Nullable Void>();
    var server =
        serve(request -> {
          request.connection().closeHandler(_ -> closed.complete(null));
          request.response().setChunked(true).write(Buffer.buffer(new byte[64 << 20]));
        });
    try (var client = connect(server)) {
      ask(client, "GET /endless", "");

      assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void aConnectionOverWhichTheHeadOfARequestTricklesIsClosed() throws Exception {
    try (var client = connect(serve())) {
      ask(client, "GET /at-once", "");
      client.getOutputStream().write("GET /slow HTTP/1.1\r\nx-slow: ".getBytes(US_ASCII));
      client.setSoTimeout(50);

      assertThat(endsWhileSending(client)).isTrue();
    }
  }

  private HttpServer serve() throws Exception {
    return serve(this::answer);
  }

  private HttpServer serve(Handler<HttpServerRequest> answer) throws Exception {
    var options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true);
    var server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connection -> SlowClients.close(connection, PATIENCE))
            .requestHandler(answer);
    return await(server.listen(0, "127.0.0.1"));
  }

  private void answer(HttpServerRequest request) {
    if ("/late".equals(request.path())) {
      vertx.setTimer(LATE_MILLIS, _ -> request.response().end("late"));
    } else {
      request.endHandler(_ -> request.response().end("at once"));
    }
  }

  private static Socket connect(HttpServer server) throws IOException {
    var client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    client.setSoTimeout(30_000);
    return client;
  }

  private static void ask(Socket client, String request, String headers) throws IOException {
    var head = "%s HTTP/1.1\r\nhost: faregate\r\n%s\r\n".formatted(request, headers);
    client.getOutputStream().write(head.getBytes(US_ASCII));
  }

  /// Sends a letter each time that nothing has come for a while.
  private static boolean endsWhileSending(Socket client) throws IOException {
    var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end) {
      try {
        if (client.getInputStream().read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException nothing) {
        client.getOutputStream().write('x');
      } catch (SocketException reset) {
        return true;
      }
    }
    return false;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
