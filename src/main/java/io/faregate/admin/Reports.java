package io.faregate.admin;

import io.faregate.audit.CallReport;
import io.faregate.audit.Document;
import io.faregate.audit.LimitDocument;
import io.faregate.audit.Review;
import io.faregate.audit.RouteUse;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reports read from the ledger, away from the loop.
final class Reports {
  private final Supplier<Optional<Ledger>> ledger;
  private final Blocking blocking;

  Reports(Supplier<Optional<Ledger>> ledger, Blocking blocking) {
    this.ledger = ledger;
    this.blocking = blocking;
  }

  Future<Document> review(Span span) {
    return read(open -> Review.of(open, span).document());
  }

  /// The steps of the span, and the attempts that their calls led to.
  Future<Document> routes(Span span) {
    return read(open -> RouteUse.of(open, span));
  }

  Future<Document> call(String id) {
    return read(open ->
        open.call(id)
            .map(stored -> CallReport.of(stored).document())
            .orElseThrow(() -> unknown(id)));
  }

  /// The latest calls, latest first.
  Future<List<Document>> calls(Instant now, int limit) {
    var always = new Span(Instant.EPOCH, now.plusSeconds(1));
    return read(open -> CallReport.lines(open, always, limit));
  }

  /// The attempts of the span whose cost is not known for certain, latest first.
  Future<Document> inDoubt(Span span) {
    return read(open -> LimitDocument.inDoubt(open, span));
  }

  /// Runs something else that blocks.
  <T> Future<T> away(Callable<T> work) {
    return blocking.run(work);
  }

  private <T> Future<T> read(Function<Ledger, T> report) {
    return blocking.run(() -> report.apply(ledger.get().orElseThrow(Reports::closed)));
  }

  private static AdminException unknown(String id) {
    return new AdminException(
        404,
        "faregate_unknown_call",
        "no call " + id + " is in the store",
        "a call that has just ended appears within seconds; old ones go after store.keep");
  }

  private static AdminException closed() {
    return new AdminException(
        503,
        "faregate_store_unavailable",
        "the store cannot be read now; calls go on and nothing is lost",
        "see /api/v1/status for the cause");
  }
}
