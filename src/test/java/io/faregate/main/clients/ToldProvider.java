package io.faregate.main.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A provider that says what a test tells it to, on a real socket, and remembers what it was asked.
final class ToldProvider implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Request> received = new ConcurrentLinkedQueue<>();
  private volatile Function<Request, Said> says;

  /// A request as it came.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Request(String address, com.sun.net.httpserver.Headers headers, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }

    String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  /// What it answers.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Said(int status, String type, byte[] body) {
    static Said json(int status, String body) {
      return new Said(status, "application/json", body.getBytes(UTF_8));
    }

    static Said stream(String events) {
      return new Said(200, "text/event-stream; charset=utf-8", events.getBytes(UTF_8));
    }
  }

  ToldProvider(Function<Request, Said> says) {
    this.says = says;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noSocket) {
      throw new UncheckedIOException(noSocket);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// What it answers from now on.
  void says(Function<Request, Said> answer) {
    says = answer;
  }

  /// Its address, without a path.
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What it was asked since the last question.
  List<Request> received() {
    var all = new ArrayList<Request>();
    for (var next = received.poll(); next != null; next = received.poll()) {
      all.add(next);
    }
    return all;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request =
          new Request(
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes());
      received.add(request);
      var said = says.apply(request);
      exchange.getResponseHeaders().add("content-type", said.type());
      exchange.getResponseHeaders().add("request-id", "req_upstream");
      exchange.sendResponseHeaders(said.status(), 0);
      exchange.getResponseBody().write(said.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
