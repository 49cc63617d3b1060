package io.faregate.admin;

import io.faregate.admin.Limits.NotInDoubtException;
import io.faregate.admin.Route.Asked;
import io.faregate.audit.Document;
import io.faregate.audit.LimitDocument;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that the admin port answers about limits.
final class LimitRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LimitRoutes.class);

  private final Sources sources;
  private final Reports reports;

  LimitRoutes(Sources sources, Reports reports) {
    this.sources = sources;
    this.reports = reports;
  }

  List<Route> all() {
    return List.of(
        new Route("/api/v1/limits", false, this::limits),
        new Route("/api/v1/limits/in-doubt", false, this::inDoubt),
        Route.change("/api/v1/limits/resolve", this::resolve));
  }

  /// The limits as documents: those in money, then the premium shares.
  ///
  /// @param all whether also those that nobody set
  List<Document> documents(boolean all) {
    var now = sources.clock().instant();
    var limits = sources.limits();
    var missingBefore = sources.status().get().store().missingBefore();
    return Stream.concat(
            limits.limits(now).stream()
                .filter(state -> all || state.limitNanoUsd() != null)
                .map(state -> LimitDocument.of(state, missingBefore)),
            limits.premium().stream().map(LimitDocument::of))
        .toList();
  }

  /// Whether the request is about all limits, set or not.
  static boolean all(MultiMap parameters) {
    return "true".equals(parameters.get("all"));
  }

  private Future<Answer> limits(Asked asked) {
    return Future.succeededFuture(Answer.json(documents(all(asked.parameters()))));
  }

  private Future<Answer> inDoubt(Asked asked) {
    var now = sources.clock().instant();
    return reports.inDoubt(Period.of(asked.parameters(), now)).map(Answer::json);
  }

  private Future<Answer> resolve(Asked asked) {
    var call = Change.text(asked.change(), "call");
    var attempt = Change.number(asked.change(), "attempt");
    var cost = Change.money(asked.change(), "cost_usd");
    return reports
        .away(() -> sources.limits().resolve(call, attempt, cost))
        .map(LimitRoutes::resolved)
        .recover(failure -> Future.failedFuture(understood(failure)));
  }

  private static Answer resolved(Limits.Resolved resolved) {
    LOG.atInfo()
        .addKeyValue("call", resolved.call())
        .addKeyValue("attempt", resolved.attempt())
        .addKeyValue("cost_nano_usd", resolved.costNanoUsd())
        .addKeyValue("in_doubt_before_nano_usd", resolved.inDoubtBeforeNanoUsd())
        .log("a doubt was ended by hand");
    return Answer.json(
        new Document()
            .put("call", resolved.call())
            .put("attempt", resolved.attempt())
            .money("cost_usd", resolved.costNanoUsd())
            .money("cost_before_usd", resolved.costBeforeNanoUsd())
            .money("in_doubt_before_usd", resolved.inDoubtBeforeNanoUsd()));
  }

  private static Throwable understood(Throwable failure) {
    return failure instanceof NotInDoubtException sentence
        ? new AdminException(
            409,
            "faregate_not_in_doubt",
            String.valueOf(sentence.getMessage()),
            "see /api/v1/limits/in-doubt for those that are")
        : failure;
  }
}
