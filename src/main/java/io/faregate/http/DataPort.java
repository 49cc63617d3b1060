package io.faregate.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.call.Call;
import io.faregate.call.CallId;
import io.faregate.call.Caller;
import io.faregate.call.Peer;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.gateway.AnswerHeaders;
import io.faregate.gateway.Arrival;
import io.faregate.gateway.Gateway;
import io.faregate.gateway.Header;
import io.faregate.gateway.Time;
import io.faregate.policy.Key;
import io.faregate.policy.Policy;
import io.faregate.policy.route.Offers;
import io.faregate.wire.JoinedWrites;
import io.faregate.wire.SlowClients;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port that clients call, on one event loop; several of them share the address. It knows
/// paths, keys and sizes, and hands calls on to the gateway.
public final class DataPort extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DataPort.class);

  /// With the connections of clients. Load balancers keep theirs for five minutes or less.
  private static final SlowClients.Patience PATIENCE = new SlowClients.Patience(10, 60, 330);

  /// For so long a client may go on sending a body that has been refused.
  private static final long SENDING_MILLIS = 5_000;

  /// Where Codex tells itself.
  private static final CharSequence ORIGINATOR = HeaderNames.of("originator");

  /// What may be done to lists.
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  /// Names the free port that the instances agree on.
  private static final int ANY_PORT = 1;

  private final Settings settings;
  private final Supplier<Policy> policies;
  private final Gateway gateway;
  private final Time time;
  private final Drain drain;
  private final KeyPace pace;
  private final RandomGenerator chance;
  private final Tongues tongues = new Tongues();
  private final Attribution attribution;
  private KeyRing keys;
  private @Nullable HttpServer server;

  /// Where to listen, and what to accept.
  ///
  /// @param loopback whether only this machine can call, and so may without keys
  /// @param bodyBytes the largest body
  /// @param bodyMillis how long a client may take to send it
  /// @param peers whose ways of saying who calls are understood
  /// @param codexStatus the status of a reached limit for Codex, which repeats the usual one
  public record Settings(
      String host,
      int port,
      boolean loopback,
      int bodyBytes,
      int bodyMillis,
      Set<Peer> peers,
      int codexStatus) {
    public Settings {
      peers = Set.copyOf(peers);
    }
  }

  /// @param drain counts the calls under way on all loops, and tells when no more are wanted
  /// @param pace of the keys on all loops
  /// @param chance for ids of calls, of this loop alone
  public DataPort(
      Settings settings,
      Supplier<Policy> policies,
      Gateway gateway,
      Time time,
      Drain drain,
      KeyPace pace,
      RandomGenerator chance) {
    this.settings = settings;
    this.policies = policies;
    this.gateway = gateway;
    this.time = time;
    this.drain = drain;
    this.pace = pace;
    this.chance = chance;
    this.attribution = new Attribution(settings.peers());
    this.keys = ring(List.of());
  }

  @Override
  public Future<?> start() {
    var options =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setHttp2ClearTextEnabled(false)
            // Nothing touches a request outside its event loop, which saves locks.
            .setStrictThreadMode(true)
            // No web sockets are served; their handlers would look at every request.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setHandle100ContinueAutomatically(true)
            .setDecompressionSupported(false)
            .setMaxHeaderSize(32 * 1024)
            .setMaxInitialLineLength(8 * 1024);
    var opening = vertx.createHttpServer(options);
    server = opening;
    return opening
        .connectionHandler(connection -> {
          JoinedWrites.on(connection);
          SlowClients.close(connection, PATIENCE);
        })
        .requestHandler(this::guarded)
        .listen(address());
  }

  /// All instances share one address, also where any free port will do.
  private SocketAddress address() {
    return settings.port() == 0
        ? SocketAddress.sharedRandomPort(ANY_PORT, settings.host())
        : SocketAddress.inetSocketAddress(settings.port(), settings.host());
  }

  /// The port that is open, once the verticle has started.
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  /// A bug must not leave a client without an answer: whatever escapes ends here, once.
  private void guarded(HttpServerRequest request) {
    try {
      route(request);
    } catch (RuntimeException bug) {
      broken(request, bug);
    }
  }

  private void broken(HttpServerRequest request, Throwable bug) {
    broken(request, CallId.next(time.now(), chance), bug);
  }

  private void broken(HttpServerRequest request, String call, Throwable bug) {
    LOG.atError().addKeyValue("call", call).setCause(bug).log("a bug ended this call");
    refuse(request, Failure.bug().ofCall(call));
  }

  private void route(HttpServerRequest request) {
    var path = request.path();
    if (path == null || path.equals("/")) {
      plain(request, HttpMethod.HEAD.equals(request.method()) ? 200 : 404);
      return;
    }
    if (path.equals("/healthz") || path.equals("/readyz")) {
      plain(request, path.equals("/readyz") && drain.draining() ? 503 : 200);
      return;
    }
    if (Paths.twice(path)) {
      request.response().putHeader("x-faregate-warning", Refusals.TWICE);
    }
    var route = Paths.route(path);
    if (route.isEmpty()) {
      refuse(request, unknown(request, path));
      return;
    }
    switch (identify(request)) {
      case KeyRing.Identified.As caller -> serve(request, path, route.get(), caller);
      case KeyRing.Identified.Nobody _ -> refuse(request, Refusals.noKeys());
      case KeyRing.Identified.Ambiguous _ -> refuse(request, Refusals.ambiguousKey());
      case KeyRing.Identified.Unknown(var shape) -> refuse(request, Refusals.badKey(shape));
    }
  }

  private KeyRing.Identified identify(HttpServerRequest request) {
    var policy = policies.get();
    if (!keys.of(policy.keys())) {
      keys = ring(policy.keys());
      pace.tidy(time.nanos());
    }
    return keys.identify(request.headers(), time.now());
  }

  /// A file may lose its last key while the port listens to the world: then nobody may call, and
  /// not everybody.
  private KeyRing ring(List<Key> of) {
    return new KeyRing(of, settings.loopback(), settings.peers().contains(Peer.BIFROST));
  }

  private void serve(
      HttpServerRequest request, String path, Paths.Route route, KeyRing.Identified.As caller) {
    switch (route) {
      case CHAT, RESPONSES, EMBEDDINGS, MESSAGES, COUNT -> {
        if (HttpMethod.POST.equals(request.method())) {
          enter(request, route, caller);
        } else {
          refuse(request, Refusals.method("POST"));
        }
      }
      case MODELS, MODEL -> {
        if (READING.contains(request.method())) {
          models(request, path, route);
        } else {
          refuse(request, Refusals.method("GET"));
        }
      }
      case LATER -> refuse(request, Refusals.later(path));
    }
  }

  private void models(HttpServerRequest request, String path, Paths.Route route) {
    var offers = Offers.of(policies.get(), LocalDate.ofInstant(time.now(), ZoneOffset.UTC));
    var anthropic = Tongues.anthropic(request);
    if (route == Paths.Route.MODELS) {
      json(request, anthropic ? ModelList.anthropic(offers) : ModelList.openAi(offers));
      return;
    }
    var name = Paths.model(path);
    var offer = offers.get(name);
    if (offer != null) {
      json(request, ModelList.one(name, offer, anthropic));
    } else {
      refuse(request, Refusals.unknownModel(name, offers.keySet()));
    }
  }

  /// Lets a call begin, or refuses it before its body is read.
  private void enter(HttpServerRequest request, Paths.Route route, KeyRing.Identified.As as) {
    if (drain.draining()) {
      refuse(request, Refusals.draining());
      return;
    }
    var key = as.key();
    if (key == null) {
      read(request, route, as.caller(), new Stay(drain, null));
      return;
    }
    switch (pace.enter(key, time.nanos())) {
      case KeyPace.Entrance.Open(var place) ->
          read(request, route, as.caller(), new Stay(drain, place));
      case KeyPace.Entrance.Full full ->
          refuse(
              request,
              PaceRefusals.failure(key, full),
              PaceRefusals.headers(full, tongues.of(route, request).protocol(), time.now()));
      case KeyPace.Entrance.TooFast fast ->
          refuse(
              request,
              PaceRefusals.failure(key, fast, time.now()),
              PaceRefusals.headers(fast, tongues.of(route, request).protocol(), time.now()));
    }
  }

  private void read(HttpServerRequest request, Paths.Route route, Caller caller, Stay stay) {
    try {
      BodyReader.read(vertx, request, settings)
          .onComplete(
              read -> {
                switch (read) {
                  case BodyReader.Read.Whole(var bytes) ->
                      call(request, route, stay, () -> arrival(request, route, caller, bytes));
                  case BodyReader.Read.Refused(var failure) -> {
                    stay.over();
                    refuse(request, failure, List.of(new Header("connection", "close")));
                  }
                  case BodyReader.Read.Gone _ -> stay.over();
                }
              },
              bug -> {
                stay.over();
                broken(request, bug);
              });
    } catch (RuntimeException bug) {
      stay.over();
      broken(request, bug);
    }
  }

  private void call(
      HttpServerRequest request, Paths.Route route, Stay stay, Supplier<Arrival> read) {
    try {
      var arrival = read.get();
      if (arrival.requestId() != null) {
        request.response().putHeader("x-request-id", arrival.requestId());
      }
      var reply = new HttpReply(request.response(), vertx, refusalStatus(request), stay::ending);
      var answering =
          route == Paths.Route.COUNT
              ? gateway.count(arrival, reply)
              : gateway.handle(arrival, reply);
      answering.onComplete(
          _ -> reply.written().onComplete(_ -> stay.over()),
          bug -> {
            stay.over();
            broken(request, arrival.call().id(), bug);
          });
    } catch (DialectException unread) {
      stay.over();
      refuse(request, Refusals.badBody(unread));
    } catch (RuntimeException bug) {
      stay.over();
      broken(request, bug);
    }
  }

  /// Codex tells itself by its name, and repeats a 402 five times with no attempt behind it.
  private int refusalStatus(HttpServerRequest request) {
    var originator = request.getHeader(ORIGINATOR);
    return originator != null && originator.startsWith("codex")
        ? settings.codexStatus()
        : HttpReply.LIMIT_REACHED;
  }

  private Arrival arrival(
      HttpServerRequest request, Paths.Route route, Caller caller, byte[] bytes) {
    var nanos = time.nanos();
    var now = time.now();
    var dialect = tongues.of(route, request);
    var body = dialect.read(bytes);
    var told = attribution.under(request.headers(), body.work(), dialect.protocol());
    var work = CallReader.work(request.headers(), told);
    var maxCost = CallReader.maxCost(request.headers());
    var call = new Call(CallId.next(now, chance), now, caller, work, body.demand(), maxCost);
    return new Arrival(
        call,
        body,
        dialect,
        CallReader.forwarded(request.headers()),
        CallReader.requestId(request.headers(), call.id()),
        CallReader.retries(request.headers()),
        CallReader.patience(request.headers()),
        nanos);
  }

  private static Failure unknown(HttpServerRequest request, String path) {
    var scheme = request.isSSL() ? "https" : "http";
    var authority = request.authority() == null ? "" : request.authority().toString();
    var gateway = scheme + "://" + authority;
    return Paths.addressAsBase(path)
        ? Refusals.addressAsBase(path, gateway)
        : Refusals.unknownPath(path, gateway + Paths.nearest(path));
  }

  private void refuse(HttpServerRequest request, Failure failure) {
    refuse(request, failure, List.of());
  }

  private void refuse(HttpServerRequest request, Failure failure, List<Header> more) {
    if (request.response().ended() || request.response().headWritten()) {
      var _ = request.connection().close();
      return;
    }
    var headers = new ArrayList<Header>();
    headers.add(new Header("content-type", "application/json"));
    headers.addAll(AnswerHeaders.of(failure));
    headers.addAll(more);
    if (drain.draining() && Header.value(headers, "connection") == null) {
      headers.add(new Header("connection", "close"));
    }
    var dialect = tongues.ofErrors(request);
    new HttpReply(request.response(), vertx)
        .whole(dialect.status(failure), headers, dialect.error(failure));
    endSending(request);
  }

  /// A client that has its answer may end what it was sending, which nobody keeps; then its
  /// connection goes, or it would send for ever.
  private void endSending(HttpServerRequest request) {
    if (!request.isEnded()) {
      long timer = vertx.setTimer(SENDING_MILLIS, _ -> request.connection().close());
      request.endHandler(_ -> vertx.cancelTimer(timer));
      request.exceptionHandler(_ -> vertx.cancelTimer(timer));
    }
  }

  private void json(HttpServerRequest request, byte[] body) {
    var headers = List.of(new Header("content-type", "application/json"));
    new HttpReply(request.response(), vertx).whole(200, headers, body);
  }

  private void plain(HttpServerRequest request, int status) {
    var word = status == 200 ? "ok" : status == 503 ? "draining" : "Faregate: see /v1/models";
    var headers = List.of(new Header("content-type", "text/plain"));
    new HttpReply(request.response(), vertx)
        .whole(status, headers, (word + "\n").getBytes(US_ASCII));
  }
}
