package io.faregate.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.simulator.tongue.Text;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// A provider on a free port with two clients: a correct one, and a bare socket for half answers.
final class RunningProvider implements AutoCloseable {
  /// $1, $0.10 and $10 per million tokens.
  static final SimulatedModel PLAIN =
      new SimulatedModel("plain", 1_000_000_000, 100_000_000, 10_000_000_000L, 10_000_000);

  static final SimulatedModel REASONING =
      new SimulatedModel("reasoner", 1_000_000_000, 100_000_000, 10_000_000_000L, 10_000_000);

  /// $3, $0.30 read, $3.75 and $6 written, $15 per million tokens.
  static final SimulatedModel CLAUDE =
      new SimulatedModel(
          "claude",
          3_000_000_000L,
          300_000_000,
          3_750_000_000L,
          6_000_000_000L,
          15_000_000_000L,
          200_000);

  final SimulatedProvider provider;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();

  RunningProvider(SimulatedProvider.Settings settings) {
    provider = finished(SimulatedProvider.start(vertx, settings));
  }

  static SimulatedProvider.Settings settings() {
    return SimulatedProvider.Settings.named("alpha").withModels(List.of(PLAIN, REASONING, CLAUDE));
  }

  static RunningProvider usual() {
    return new RunningProvider(settings());
  }

  /// A body for the model `plain`; `more` is further JSON fields, each with a comma before it.
  static String body(String text, String more) {
    return "{\"model\":\"plain\",\"messages\":[{\"role\":\"user\",\"content\":%s}]%s}"
        .formatted(Text.quoted(text), more);
  }

  static String streamed(String text) {
    return body(text, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
  }

  HttpResponse<String> post(String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(provider.url() + "/chat/completions"))
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /// Any call, in any dialect; `path` begins with a slash.
  HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d%s".formatted(provider.port(), path)))
        .timeout(Duration.ofSeconds(10))
        .POST(BodyPublishers.ofString(body));
  }

  HttpResponse<byte[]> bytes(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode answer(String body) {
    return Text.JSON.readTree(post(body).body());
  }

  HttpResponse<String> send(String method, String path) {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(provider.port(), path));
    return send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The `data:` of all events of a stream that ends in order.
  List<String> events(String body) {
    return post(body)
        .body()
        .lines()
        .filter(l -> l.startsWith("data: "))
        .map(l -> l.substring(6))
        .toList();
  }

  /// Sends the body and reads until `enough` is part of what came, or until the end if it never is;
  /// then closes the socket. Returns everything read.
  String readUntil(String body, String enough) {
    return readUntil("/v1/chat/completions", body, enough);
  }

  /// The same of any address, one that is not well-formed too.
  String readUntil(String path, String body, String enough) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), provider.port())) {
      socket.setSoTimeout(10_000);
      byte[] bytes = body.getBytes(UTF_8);
      String head =
          "POST %s HTTP/1.1\r\nHost: test\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, bytes.length);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(bytes);
      var read = new StringBuilder();
      byte[] buffer = new byte[4_096];
      while (enough.isEmpty() || read.indexOf(enough) < 0) {
        int count = socket.getInputStream().read(buffer);
        if (count < 0) {
          break;
        }
        read.append(new String(buffer, 0, count, UTF_8));
      }
      return read.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same to the end of the connection.
  String readAll(String body) {
    return readUntil(body, "");
  }

  /// Sends the body, waits until the call is under way, and leaves without reading.
  void leaveAtOnce(String body) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), provider.port())) {
      byte[] bytes = body.getBytes(UTF_8);
      String head =
          "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Length: %d\r\n\r\n"
              .formatted(bytes.length);
      socket.getOutputStream().write((head + body).getBytes(UTF_8));
      await(() -> provider.bill().attemptsOpen() == 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The only line of the bill, once every attempt has ended.
  BillLine line() {
    settled();
    List<BillLine> lines = provider.bill().lines();
    if (lines.size() != 1) {
      throw new AssertionError("expected one line: " + lines);
    }
    return lines.getFirst();
  }

  void settled() {
    await(() -> provider.bill().attemptsOpen() == 0);
  }

  private static <T> T finished(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 10 s");
      }
      LockSupport.parkNanos(200_000);
    }
  }

  @Override
  public void close() {
    client.close();
    var _ = finished(vertx.close());
  }
}
