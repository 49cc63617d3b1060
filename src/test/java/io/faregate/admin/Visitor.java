package io.faregate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// An admin port on a real socket, and who asks it with any headers whatever: HTTP clients refuse
/// to send a `Host` of their caller's choice.
final class Visitor implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final AdminPort port;

  /// An answer, its header names in lower case.
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  Visitor(AdminPort.Settings settings, Sources sources) {
    port = new AdminPort(settings, sources);
    var _ =
        vertx
            .deployVerticle(port)
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  Vertx vertx() {
    return vertx;
  }

  String authority() {
    return "127.0.0.1:" + port.port();
  }

  Answer get(String path, String... headers) {
    return ask("GET", path, authority(), headers);
  }

  Answer ask(String method, String path, String host, String... headers) {
    var request = new StringBuilder("%s %s HTTP/1.1\r\nhost: %s\r\n".formatted(method, path, host));
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    return send(request.append("connection: close\r\n\r\n").toString());
  }

  /// Asks for a change, with a body and its length.
  Answer post(String path, String body, String... headers) {
    var length = String.valueOf(body.getBytes(UTF_8).length);
    var request =
        new StringBuilder("POST %s HTTP/1.1\r\nhost: %s\r\n".formatted(path, authority()));
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    return send(request + "content-length: " + length + "\r\nconnection: close\r\n\r\n" + body);
  }

  private Answer send(String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return read(new String(socket.getInputStream().readAllBytes(), UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Answer read(String text) {
    var end = text.indexOf("\r\n\r\n");
    var head = text.substring(0, end).split("\r\n", -1);
    var headers = new TreeMap<String, String>();
    for (int i = 1; i < head.length; i++) {
      var colon = head[i].indexOf(':');
      headers.put(
          head[i].substring(0, colon).toLowerCase(Locale.ROOT),
          head[i].substring(colon + 1).strip());
    }
    return new Answer(Integer.parseInt(head[0].substring(9, 12)), headers, text.substring(end + 4));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
