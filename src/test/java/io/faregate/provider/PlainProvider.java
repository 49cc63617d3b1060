package io.faregate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A provider of OpenAI's kind in a few lines: what it answers depends on the key alone.
final class PlainProvider implements AutoCloseable {
  private static final String ANSWER =
      """
      {"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":\
      "stop","message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":1,\
      "completion_tokens":1,"total_tokens":2}}\
      """;
  private static final String PASSWORD = "password";

  private final HttpServer server;
  private final Function<String, Say> says;
  private final List<String> keys = new CopyOnWriteArrayList<>();

  /// What it says to a request.
  record Say(int status, String body, boolean packed) {
    static final Say HELLO = new Say(200, ANSWER, false);
    static final Say LIMITED = new Say(429, "{\"error\":{\"message\":\"too many\"}}", false);
  }

  private PlainProvider(HttpServer server, Function<String, Say> says) {
    this.server = server;
    this.says = says;
    server.createContext("/", this::handle);
    server.start();
  }

  /// One that answers to each key as it is told.
  static PlainProvider saying(Function<String, Say> says) throws IOException {
    return new PlainProvider(HttpServer.create(somewhere(), 0), says);
  }

  /// One behind TLS, whose certificate it has made itself for the name `localhost`.
  static PlainProvider selfSigned(Path folder) throws Exception {
    var store = folder.resolve("keys.p12");
    keytool("-genkeypair -alias me -keyalg EC -dname CN=localhost -ext san=dns:localhost", store);
    keytool("-exportcert -rfc -alias me -file " + authority(folder), store);
    var server = HttpsServer.create(somewhere(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    return new PlainProvider(server, _ -> Say.HELLO);
  }

  /// Where the certificate of such a one is.
  static Path authority(Path folder) {
    return folder.resolve("ca.pem");
  }

  private static InetSocketAddress somewhere() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void keytool(String arguments, Path store) throws Exception {
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var command =
        "%s %s -keystore %s -storetype PKCS12 -storepass %s"
            .formatted(tool, arguments, store, PASSWORD);
    var process = new ProcessBuilder(command.split(" ", -1)).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool ended with " + process.exitValue());
    }
  }

  private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
    var keys = KeyStore.getInstance("PKCS12");
    try (var stream = Files.newInputStream(store)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// The key of each request, in order.
  List<String> keys() {
    return keys;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var key = exchange.getRequestHeaders().getFirst("authorization").replace("Bearer ", "");
      keys.add(key);
      var _ = exchange.getRequestBody().readAllBytes();
      var say = says.apply(key);
      var type = say.body().startsWith("data: ") ? "text/event-stream" : "application/json";
      exchange.getResponseHeaders().set("content-type", type);
      if (say.body().contains("too many")) {
        exchange.getResponseHeaders().set("retry-after", "60");
      }
      if (say.packed()) {
        exchange.getResponseHeaders().set("content-encoding", "gzip");
      }
      var body = say.packed() ? packed(say.body()) : say.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(say.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] packed(String text) {
    var packed = new ByteArrayOutputStream();
    try (var packing = new GZIPOutputStream(packed)) {
      packing.write(text.getBytes(UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
