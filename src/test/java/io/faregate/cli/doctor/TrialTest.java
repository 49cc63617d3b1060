package io.faregate.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.faregate.cli.port.Servers.Stage;
import io.faregate.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The first call and its record, where calls are answered before they are stored.
class TrialTest {
  private static final FirstCall CALL = FirstCall.chat("a-test");

  @Test
  void asksForTheRecordOnceItIsStored() {
    try (var stage = new LateStage(true)) {
      assertThat(printed(stage)).contains("answered 200, whole", "tier low");
    }
  }

  @Test
  void showsTheAnswerOfACallThatIsNotStoredInTime() {
    try (var stage = new LateStage(false)) {
      assertThat(printed(stage)).contains("answered 200, whole", "try again");
    }
  }

  private static String printed(Stage stage) {
    var out = new StringWriter();
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), false, 0);
    Trial.of(CALL, stage, "any").print(terminal);
    return out.toString();
  }

  /// Answers calls and knows none of them before somebody has waited for it.
  private static final class LateStage implements Stage {
    private final HttpServer server;
    private final boolean storing;
    private volatile boolean stored;

    LateStage(boolean storing) {
      this.storing = storing;
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException taken) {
        throw new UncheckedIOException(taken);
      }
      server.createContext(
          "/v1/",
          exchange -> {
            exchange.getResponseHeaders().add("x-faregate-call", "call_1");
            answer(exchange, 200, "{\"choices\":[]}");
          });
      server.createContext(
          "/api/v1/calls/call_1",
          exchange -> {
            if (stored) {
              answer(exchange, 200, "{\"call\":\"call_1\",\"tier\":\"low\"}");
            } else {
              answer(exchange, 404, "{\"error\":{\"code\":\"faregate_unknown_call\"}}");
            }
          });
      server.start();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
      try (exchange) {
        var body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
      }
    }

    @Override
    public URI url() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public URI admin() {
      return url();
    }

    @Override
    public boolean recorded(Duration patience) {
      stored = storing;
      return storing;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
