package io.faregate.admin;

import io.faregate.admin.Route.Asked;
import io.faregate.audit.Document;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port for those who run Faregate, on one event loop. It reads, and changes nothing but a
/// doubt that a person ends.
public final class AdminPort extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(AdminPort.class);
  private static final int IDLE_SECONDS = 60;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Settings settings;
  private final Sources sources;
  private final Guard guard;
  private @Nullable HttpServer server;
  private @Nullable Blocking blocking;

  /// Where to listen, and what to ask of those who come.
  ///
  /// @param port 0 for any free one
  /// @param dataPort where calls go, to tell those who took the wrong port
  /// @param token null asks for none, which is only allowed on loopback
  public record Settings(String host, int port, int dataPort, @Nullable String token) {
    /// @throws IllegalArgumentException if it would be open to other machines without a token
    public Settings {
      if ((token == null || token.isEmpty()) && !loopback(host)) {
        throw new IllegalArgumentException(
            "the admin port does not listen on %s without a token; set server.admin.token, or"
                    .formatted(host)
                + " server.admin.host to 127.0.0.1");
      }
    }

    @Override
    public String toString() {
      return host + ":" + port + (token == null ? "" : " with a token");
    }

    private static boolean loopback(String host) {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException unknown) {
        return false;
      }
    }
  }

  /// A port that is not listening yet.
  public AdminPort(Settings settings, Sources sources) {
    this.settings = settings;
    this.sources = sources;
    this.guard = new Guard(settings);
  }

  @Override
  public Future<?> start() {
    var door = new Blocking(vertx);
    var routes = new Routes(sources, new Reports(sources.ledger(), door));
    blocking = door;
    var options =
        new HttpServerOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(IDLE_SECONDS);
    var all = routes.all();
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> handle(request, routes, all))
        .listen()
        .onSuccess(listening -> server = listening);
  }

  @Override
  public Future<?> stop() {
    if (blocking != null) {
      blocking.close();
    }
    return server == null ? Future.succeededFuture() : server.close();
  }

  /// The port in use, once it has started.
  public int port() {
    return server == null ? settings.port() : server.actualPort();
  }

  /// Asks for another token from now on. From any thread.
  public void changeToken(String token) {
    guard.changeToken(token);
  }

  private void handle(HttpServerRequest request, Routes routes, List<Route> all) {
    Future<Answer> answer;
    try {
      answer = answer(request, all);
    } catch (RuntimeException failure) {
      answer = Future.failedFuture(failure);
    }
    answer
        .otherwise(failure -> failed(request, routes, failure))
        .onSuccess(ready -> send(request, ready));
  }

  private Future<Answer> answer(HttpServerRequest request, List<Route> all) {
    for (var route : all) {
      var id = route.match(path(request));
      if (id.isPresent()) {
        if (!route.open()) {
          guard.admit(request);
        }
        requireMethod(request, route);
        return change(request, route)
            .compose(change -> route.answer().apply(new Asked(id.get(), request::params, change)));
      }
    }
    guard.admit(request);
    throw unknownPath(path(request));
  }

  private static Future<Document> change(HttpServerRequest request, Route route) {
    return route.changes() ? Change.read(request) : Future.succeededFuture(new Document());
  }

  private static void requireMethod(HttpServerRequest request, Route route) {
    if (!route.takes(request.method())) {
      throw route.changes()
          ? new AdminException(
              405,
              "faregate_only_post",
              request.method() + " is not known here: this path changes something",
              "use POST with a JSON object")
          : new AdminException(
              405,
              "faregate_only_get",
              request.method() + " is not known here: this path is only read",
              "use GET; the policy is changed in its file");
    }
  }

  private AdminException unknownPath(String path) {
    if (path.startsWith("/v1/")) {
      return new AdminException(
          404,
          "faregate_unknown_path",
          "this is the admin port; calls go to the data port",
          "set the client's base URL to http://<this host>:%d/v1".formatted(settings.dataPort()));
    }
    return new AdminException(
        404,
        "faregate_unknown_path",
        "there is nothing at this path",
        "see /api/v1/openapi.json for all paths");
  }

  private Answer failed(HttpServerRequest request, Routes routes, Throwable failure) {
    if (failure instanceof AdminException problem) {
      return forPeople(request) ? routes.errorPage(problem) : Answer.error(problem);
    }
    LOG.atError().addKeyValue("path", request.path()).setCause(failure).log("admin port failed");
    return Answer.error(
        new AdminException(
            500, "faregate_error", "this could not be answered", "the log says why"));
  }

  private static String path(HttpServerRequest request) {
    var path = request.path();
    return path == null ? "" : path;
  }

  private static boolean forPeople(HttpServerRequest request) {
    var accept = request.getHeader("accept");
    return accept != null && accept.contains("text/html") && !path(request).startsWith("/api/");
  }

  private static void send(HttpServerRequest request, Answer answer) {
    var response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status()).putHeader("content-type", answer.contentType());
    secure(response);
    if (answer.status() == 401) {
      response.putHeader("www-authenticate", "Basic realm=\"Faregate\", charset=\"UTF-8\"");
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("content-length", String.valueOf(answer.body().length()));
      response.end().onFailure(AdminPort::gone);
    } else if (answer.status() == 411 || answer.status() == 413) {
      // The body, of any length, is not waited for.
      response.putHeader("connection", "close");
      response
          .end(answer.body())
          .eventually(() -> request.connection().close())
          .onFailure(AdminPort::gone);
    } else {
      response.end(answer.body()).onFailure(AdminPort::gone);
    }
  }

  private static void secure(HttpServerResponse response) {
    response
        .putHeader("content-security-policy", POLICY)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("x-frame-options", "DENY")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cross-origin-resource-policy", "same-origin")
        .putHeader("cache-control", "no-store");
  }

  private static void gone(Throwable reason) {
    LOG.atDebug().setCause(reason).log("the reader left before the end");
  }
}
