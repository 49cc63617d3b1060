package io.faregate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.ModelId;
import io.faregate.gateway.Header;
import io.faregate.gateway.Outbound;
import io.faregate.gateway.Providers;
import io.faregate.gateway.Time;
import io.faregate.http.VertxTime;
import io.faregate.simulator.SimulatedProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProvidersTest {
  private static final ModelId MODEL = new ModelId("alpha", "gpt-5.4-nano");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aHeaderThatCannotBeSentFailsTheAttemptAtOnceAndIsNotShown() throws Exception {
    var settings = SimulatedProvider.Settings.named("alpha");
    var provider =
        SimulatedProvider.start(vertx, settings)
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    var way = Way.to(URI.create(provider.url()));
    var endpoint = new Endpoint(way, Manner.OPENAI, List.of(() -> "sk-secret\n"), List.of());
    var heard = new Heard();

    send(new HttpProviders(vertx, () -> Map.of("alpha", endpoint), time(vertx)), heard);

    assertThat(heard.end.get(30, TimeUnit.SECONDS)).startsWith("failed").doesNotContain("secret");
    assertThat(heard.sent).isFalse();
  }

  private static Time time(Vertx vertx) {
    return new VertxTime(vertx, () -> Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints", "199 Whatever"})
  void whatAProviderSaysBeforeItsAnswerIsNotItsAnswer(String interim) throws Exception {
    try (var raw = new RawProvider(interim)) {
      var providers = raw.providers(vertx);
      var first = new Heard();
      var second = new Heard();

      send(providers, first);
      assertThat(first.end.get(30, TimeUnit.SECONDS)).isEqualTo("200 answer 1");
      send(providers, second);
      assertThat(second.end.get(30, TimeUnit.SECONDS)).isEqualTo("200 answer 2");
      assertThat(raw.connections).hasValue(1);
    }
  }

  @Test
  void aConnectionOnWhichTheProviderSwitchesProtocolsIsGivenToNobodyElse() throws Exception {
    try (var raw = new RawProvider("101 Switching Protocols")) {
      var providers = raw.providers(vertx);
      var first = new Heard();
      var second = new Heard();

      send(providers, first);
      assertThat(first.end.get(30, TimeUnit.SECONDS)).startsWith("failed").contains("status 101");
      assertThat(first.sent).isTrue();
      send(providers, second);
      assertThat(second.end.get(30, TimeUnit.SECONDS)).contains("status 101");
      assertThat(raw.connections).hasValue(2);
    }
  }

  private static void send(HttpProviders providers, Heard heard) {
    var outbound = new Outbound(MODEL, "/chat/completions", List.of(), "{}".getBytes(UTF_8));
    var _ = providers.send(outbound, heard);
  }

  /// Says something before each of its answers, which it numbers.
  private static final class RawProvider implements AutoCloseable {
    private final ServerSocket server;
    private final String interim;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    RawProvider(String interim) throws IOException {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      this.interim = interim;
      var _ = Thread.ofVirtual().start(this::accept);
    }

    HttpProviders providers(Vertx vertx) {
      var url = URI.create("http://127.0.0.1:%d/v1".formatted(server.getLocalPort()));
      var endpoint = new Endpoint(Way.to(url), Manner.OPENAI, List.of(), List.of());
      return new HttpProviders(vertx, () -> Map.of("alpha", endpoint), time(vertx));
    }

    private void accept() {
      try {
        while (!server.isClosed()) {
          var socket = server.accept();
          connections.incrementAndGet();
          var _ = Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException closed) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(closed);
        }
      }
    }

    /// Answers each body of two bytes.
    private void serve(Socket socket) {
      try (socket) {
        var in = socket.getInputStream();
        var seen = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
          seen.append((char) next);
          if (seen.toString().endsWith("\r\n\r\n{}")) {
            seen.setLength(0);
            var answer = "answer " + answers.incrementAndGet();
            var said =
                "HTTP/1.1 %s\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s"
                    .formatted(interim, answer.length(), answer);
            socket.getOutputStream().write(said.getBytes(UTF_8));
          }
        }
      } catch (IOException left) {
        // The client has closed the connection, which is one of the things that are tested.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /// Waits for the end of an attempt.
  private static final class Heard implements Providers.Listener {
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final StringBuilder answer = new StringBuilder();
    private volatile boolean sent;

    @Override
    public void head(int status, List<Header> headers) {
      answer.append(status).append(' ');
    }

    @Override
    public void piece(byte[] bytes) {
      answer.append(new String(bytes, UTF_8));
    }

    @Override
    public void end() {
      end.complete(answer.toString());
    }

    @Override
    public void failed(boolean sent, String message) {
      this.sent = sent;
      end.complete("failed: " + message);
    }
  }
}
