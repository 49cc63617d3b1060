package io.faregate.simulator;

import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tongue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A provider on a real socket that speaks the dialects of OpenAI, Anthropic, Gemini and Bedrock:
/// answers, latencies, token counts and faults are determined by its settings, and it keeps its own
/// [Bill].
///
/// - `POST` to the addresses of [Routes], `GET` to those of [ModelList], `HEAD /`;
/// - `GET /sim/bill` the bill, `DELETE /sim/bill` forgets it and what was received;
/// - `GET /sim/received` the calls, without bodies and headers.
///
/// It runs on one event loop. Its public methods may be called from any thread.
public final class SimulatedProvider implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SimulatedProvider.class);

  /// A connection that sends more is closed.
  private static final int MOST_BODY_BYTES = 64 << 20;

  /// What a provider is like.
  ///
  /// @param name what markers call it, and who owns its models
  /// @param port 0 for a free one
  /// @param seed chooses answers, ids and fingerprints
  /// @param firstByte from the body's last byte to the status line
  /// @param perToken between two tokens; zero sends as fast as the client reads
  /// @param turns conversations written in advance
  public record Settings(
      String name,
      String host,
      int port,
      List<SimulatedModel> models,
      Script script,
      long seed,
      Duration firstByte,
      Duration perToken,
      Habits habits,
      Turns turns) {
    public Settings {
      models = List.copyOf(models);
      if (firstByte.isNegative() || perToken.isNegative()) {
        throw new IllegalArgumentException("a latency cannot be negative");
      }
    }

    /// The same with the usual habits.
    public Settings(
        String name,
        String host,
        int port,
        List<SimulatedModel> models,
        Script script,
        long seed,
        Duration firstByte,
        Duration perToken) {
      this(name, host, port, models, script, seed, firstByte, perToken, Habits.USUAL, Turns.NONE);
    }

    /// On a free port of this machine, with [SimulatedModel#defaults], no faults and no latency.
    public static Settings named(String name) {
      Duration none = Duration.ZERO;
      List<SimulatedModel> models = SimulatedModel.defaults();
      return new Settings(name, "127.0.0.1", 0, models, Script.none(), 1, none, none);
    }

    public Settings withAddress(String newHost, int newPort) {
      return new Settings(
          name, newHost, newPort, models, script, seed, firstByte, perToken, habits, turns);
    }

    public Settings withModels(List<SimulatedModel> newModels) {
      return new Settings(
          name, host, port, newModels, script, seed, firstByte, perToken, habits, turns);
    }

    public Settings withScript(Script newScript) {
      return new Settings(
          name, host, port, models, newScript, seed, firstByte, perToken, habits, turns);
    }

    public Settings withSeed(long newSeed) {
      return new Settings(
          name, host, port, models, script, newSeed, firstByte, perToken, habits, turns);
    }

    public Settings withLatency(Duration newFirstByte, Duration newPerToken) {
      return new Settings(
          name, host, port, models, script, seed, newFirstByte, newPerToken, habits, turns);
    }

    public Settings withHabits(Habits newHabits) {
      return new Settings(
          name, host, port, models, script, seed, firstByte, perToken, newHabits, turns);
    }

    public Settings withTurns(Turns newTurns) {
      return new Settings(
          name, host, port, models, script, seed, firstByte, perToken, habits, newTurns);
    }
  }

  /// What is rarely changed.
  ///
  /// @param answerTokens the length of every plain text answer; 0 for one that depends on the
  ///   prompt. 330 tokens are about 2 KB.
  /// @param caching whether repeated prefixes are billed as cache reads
  /// @param key the only API key accepted; empty to accept all
  /// @param linesKept bill lines kept in detail
  /// @param receivedKept calls kept in [#received]
  /// @param bodiesKept whether those keep body and headers
  public record Habits(
      int answerTokens,
      boolean caching,
      String key,
      int linesKept,
      int receivedKept,
      boolean bodiesKept) {
    /// Answers of 20 to 119 tokens, caching, no key, 100,000 lines, 1,000 calls without bodies.
    public static final Habits USUAL = new Habits(0, true, "", 100_000, 1_000, false);

    public Habits withAnswerTokens(int tokens) {
      return new Habits(tokens, caching, key, linesKept, receivedKept, bodiesKept);
    }

    public Habits withoutCaching() {
      return new Habits(answerTokens, false, key, linesKept, receivedKept, bodiesKept);
    }

    public Habits withKey(String newKey) {
      return new Habits(answerTokens, caching, newKey, linesKept, receivedKept, bodiesKept);
    }

    public Habits withBodies() {
      return new Habits(answerTokens, caching, key, linesKept, receivedKept, true);
    }

    public Habits withMemory(int newLinesKept, int newReceivedKept) {
      return new Habits(answerTokens, caching, key, newLinesKept, newReceivedKept, bodiesKept);
    }
  }

  private final Settings settings;
  private final HttpServer server;
  private final Bill bill;
  private final Shop shop;
  private final Routes routes = new Routes();
  private final ModelList models;
  private final Exchange.Tempo tempo;
  private final ArrayDeque<Received> received = new ArrayDeque<>();
  private long numbers;

  private SimulatedProvider(Vertx vertx, Settings settings) {
    this.settings = settings;
    this.bill = new Bill(settings.name(), settings.habits().linesKept());
    this.shop = new Shop(settings);
    this.models = new ModelList(settings.name(), settings.models());
    this.tempo =
        new Exchange.Tempo(vertx, System::nanoTime, settings.firstByte(), settings.perToken());
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(settings.host())
                    .setPort(settings.port())
                    .setMaxHeaderSize(64 << 10)
                    // Cutting a connection must cut one answer, not all that share it.
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(this::route);
  }

  /// Listens on the settings' port. The future fails if it is taken.
  public static Future<SimulatedProvider> start(Vertx vertx, Settings settings) {
    var provider = new SimulatedProvider(vertx, settings);
    return provider.server.listen().map(provider);
  }

  /// The port it listens on, also where the settings said 0.
  public int port() {
    return server.actualPort();
  }

  /// The base URL that clients are given; it ends in `/v1`.
  public String url() {
    return "http://%s:%d/v1".formatted(settings.host(), port());
  }

  /// What it charges.
  public Bill bill() {
    return bill;
  }

  /// The last calls, in order of arrival, also those it declined.
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /// Replaces the script, from the next call on. Numbers go on.
  public void script(Script script) {
    shop.script(script);
  }

  /// Stops listening and closes all connections; the future completes when that is done.
  public Future<Void> stop() {
    return server.close();
  }

  /// The same as [#stop], without waiting.
  @Override
  public void close() {
    var _ = stop();
  }

  private void route(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "");
    switch (request.method() + " " + path) {
      case "HEAD /" -> send(request.response(), 200, "");
      case "GET /sim/bill" -> send(request.response(), 200, bill.json().toString());
      case "DELETE /sim/bill" -> {
        reset();
        send(request.response(), 200, bill.json().toString());
      }
      case "GET /sim/received" -> send(request.response(), 200, receivedJson());
      default -> {
        Routes.Found found = HttpMethod.POST.equals(request.method()) ? routes.at(path) : null;
        if (found != null) {
          read(request, found);
        } else {
          other(request, path);
        }
      }
    }
  }

  /// A list of models, or an address that is not known.
  private void other(HttpServerRequest request, String path) {
    boolean anthropic = request.getHeader("anthropic-version") != null;
    String answer = HttpMethod.GET.equals(request.method()) ? models.at(path, anthropic) : null;
    if (answer != null) {
      send(request.response(), 200, answer);
    } else {
      refuse(request.response(), routes.of(path, anthropic), Decline.unknownPath());
    }
  }

  private void read(HttpServerRequest request, Routes.Found found) {
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() + chunk.length() > MOST_BODY_BYTES) {
        var _ = request.connection().close();
      } else {
        body.appendBuffer(chunk);
      }
    });
    // A client that leaves before the end of its body was not served, and pays nothing.
    request.exceptionHandler(_ -> {});
    request.endHandler(_ -> serve(request, found, body.getBytes()));
  }

  private void serve(HttpServerRequest request, Routes.Found found, byte[] body) {
    long number = numbers++;
    String sha256 = sha256(body);
    remember(received(number, request, sha256, body));
    Tongue tongue = found.tongue();
    String query = Objects.requireNonNullElse(request.query(), "");
    try {
      var call =
          new Request(Buffer.buffer(body), request.headers(), query, found.model(), found.action());
      String key = settings.habits().key();
      if (!key.isEmpty() && !key.equals(tongue.key(call))) {
        throw Decline.badKey();
      }
      Sold sold =
          shop.sell(
              tongue.read(call),
              new Shop.Order(number, sha256, call.header("x-sim"), tongue.name()));
      String id = "req_" + HexFormat.of().toHexDigits(requestId(number));
      new Exchange(tempo, new Exchange.Wire(request, tongue), sold, bill.open(number, id, sha256))
          .start();
    } catch (Decline e) {
      refuse(request.response(), tongue, e);
    } catch (RuntimeException e) {
      // A bug of ours must not leave the client without an answer.
      log.atError().addKeyValue("number", number).setCause(e).log("simulated call failed");
      refuse(request.response(), tongue, Decline.ofStatus(500));
    }
  }

  private long requestId(long number) {
    return Text.mix(settings.name().hashCode() + (number << 32));
  }

  private Received received(long number, HttpServerRequest request, String sha256, byte[] body) {
    boolean kept = settings.habits().bodiesKept();
    return new Received(
        number,
        Objects.requireNonNullElse(request.path(), ""),
        sha256,
        body.length,
        kept ? Buffer.buffer(body) : null,
        kept ? request.headers().entries() : List.of());
  }

  private void remember(Received call) {
    synchronized (received) {
      if (received.size() >= settings.habits().receivedKept()) {
        received.pollFirst();
      }
      if (settings.habits().receivedKept() > 0) {
        received.addLast(call);
      }
    }
  }

  private void reset() {
    bill.reset();
    synchronized (received) {
      received.clear();
    }
  }

  private String receivedJson() {
    ObjectNode json = Text.JSON.createObjectNode().put("provider", settings.name());
    ArrayNode array = json.putArray("received");
    for (Received call : received()) {
      array
          .addObject()
          .put("number", call.number())
          .put("path", call.path())
          .put("body_sha256", call.bodySha256())
          .put("body_bytes", call.bodyBytes());
    }
    return json.toString();
  }

  private static void refuse(HttpServerResponse response, Tongue tongue, Decline decline) {
    tongue.errorHeaders(decline).forEach(response::putHeader);
    send(response, decline.status(), tongue.error(decline));
  }

  private static void send(HttpServerResponse response, int status, String json) {
    response.setStatusCode(status).putHeader("content-type", "application/json");
    // A failed write is a client that left.
    response.end(json).onFailure(_ -> {});
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
