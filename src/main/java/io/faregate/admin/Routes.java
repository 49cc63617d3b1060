package io.faregate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.admin.Route.Asked;
import io.faregate.audit.Document;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Everything that the admin port answers.
final class Routes {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final int USUAL_CALLS = 50;
  private static final int MOST_CALLS = 1_000;
  private static final int LATEST = 20;

  private final Sources sources;
  private final Reports reports;
  private final LimitRoutes limits;
  private final Pages pages = new Pages();

  Routes(Sources sources, Reports reports) {
    this.sources = sources;
    this.reports = reports;
    this.limits = new LimitRoutes(sources, reports);
  }

  /// In the order in which they are tried.
  List<Route> all() {
    return Stream.concat(own().stream(), limits.all().stream()).toList();
  }

  private List<Route> own() {
    var openApi = Answer.text("application/json", resource("openapi.json"));
    var style = Answer.text("text/css; charset=utf-8", resource("faregate.css"));
    return List.of(
        new Route("/", false, _ -> home()),
        new Route("/limits", false, this::limitsPage),
        new Route("/calls/{id}", false, asked -> callPage(asked.id())),
        new Route("/faregate.css", false, _ -> Future.succeededFuture(style)),
        new Route("/healthz", true, _ -> at(this::health)),
        new Route("/readyz", true, _ -> at(this::readiness)),
        new Route(
            "/metrics", false, _ -> at(() -> Answer.text(PROMETHEUS, sources.metrics().get()))),
        new Route("/api/v1/audit", false, this::audit),
        new Route("/api/v1/routes", false, this::routes),
        new Route("/api/v1/calls", false, this::calls),
        new Route("/api/v1/calls/{id}", false, asked -> reports.call(asked.id()).map(Answer::json)),
        new Route(
            "/api/v1/policy", false, _ -> at(() -> Answer.json(sources.policy().get().document()))),
        new Route(
            "/api/v1/status", false, _ -> at(() -> Answer.json(sources.status().get().document()))),
        new Route("/api/v1/openapi.json", false, _ -> Future.succeededFuture(openApi)));
  }

  /// What a person sees when something cannot be answered.
  Answer errorPage(AdminException problem) {
    return Answer.html(problem.status(), pages.error(problem));
  }

  /// Says by its start which server answers: another one may have taken the port over.
  private Answer health() {
    var startedAt = sources.status().get().startedAt();
    return Answer.json(new Document().put("ok", true).time("started_at", startedAt));
  }

  private Answer readiness() {
    var status = sources.status().get();
    // Anyone may ask this, so it says no more than whether.
    return Answer.json(status.ready() ? 200 : 503, new Document().put("ready", status.ready()));
  }

  private Future<Answer> audit(Asked asked) {
    return reports
        .review(Period.of(asked.parameters(), sources.clock().instant()))
        .map(Answer::json);
  }

  private Future<Answer> routes(Asked asked) {
    return reports
        .routes(Period.of(asked.parameters(), sources.clock().instant()))
        .map(Answer::json);
  }

  private Future<Answer> calls(Asked asked) {
    return reports
        .calls(sources.clock().instant(), limit(asked.parameters()))
        .map(calls -> Answer.json(new Document().put("calls", calls)));
  }

  private Future<Answer> home() {
    var now = sources.clock().instant();
    var policy = sources.policy().get();
    var today = Period.today(policy.zone(), now);
    return reports
        .review(today)
        .compose(review ->
            reports
                .calls(now, LATEST)
                .map(calls ->
                    new HomePage(
                        sources.status().get(), policy, limitsPage(policy, false), review, calls)))
        .map(page -> Answer.html(200, pages.home(page)));
  }

  private Future<Answer> callPage(String id) {
    return reports.call(id).map(call -> Answer.html(200, pages.call(new CallPage(call))));
  }

  private Future<Answer> limitsPage(Asked asked) {
    var all = LimitRoutes.all(asked.parameters());
    return at(() -> Answer.html(200, pages.limits(limitsPage(sources.policy().get(), all))));
  }

  private LimitsPage limitsPage(PolicyState policy, boolean all) {
    return new LimitsPage(policy.zone(), limits.documents(all), all);
  }

  private static Future<Answer> at(Supplier<Answer> answer) {
    return Future.succeededFuture(answer.get());
  }

  private static int limit(MultiMap parameters) {
    var text = parameters.get("limit");
    try {
      var limit = text == null ? USUAL_CALLS : Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST_CALLS) {
        return limit;
      }
    } catch (NumberFormatException notNumeric) {
      // Answered below, as a number out of range is.
    }
    throw new AdminException(
        400,
        "faregate_bad_request",
        "limit=" + text + " is not a number of calls",
        "write a number from 1 to " + MOST_CALLS);
  }

  private static String resource(String name) {
    try (var in = Routes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("read " + name + " from the jar", unreadable);
    }
  }
}
