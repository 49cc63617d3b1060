package io.faregate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Entry;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.ledger.RandomEntries;
import io.faregate.ledger.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RouteUseTest {
  private static final Span ALWAYS = new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  @Test
  void addsUpToTheReviewOfTheSameSpan() {
    Seeds.each(
        20,
        chance -> {
          var entries = new RandomEntries(chance.nextLong()).calls(100);
          var routes = routes(entries);
          var attempts = routes.stream().flatMap(route -> route.list("attempts").stream()).toList();
          var review = of(entries, ledger -> Review.of(ledger, ALWAYS)).total();

          assertThat(routes.stream().mapToLong(route -> route.number("calls")).sum())
              .isEqualTo(review.calls());
          assertThat(attempts.stream().mapToLong(each -> each.number("attempts")).sum())
              .isEqualTo(review.attempts());
          assertThat(usd(attempts, "cost_usd"))
              .isEqualByComparingTo(BigDecimal.valueOf(review.priced(), 9));
          assertThat(usd(attempts, "in_doubt_usd"))
              .isEqualByComparingTo(BigDecimal.valueOf(review.inDoubtNanoUsd(), 9));
        });
  }

  @Test
  void hasAttemptsWhoseCallNeverEnded() {
    assertThat(routes(List.of(SampleCalls.lost())))
        .singleElement()
        .satisfies(route -> {
          assertThat(route.text("step")).isEqualTo("troubleshooting");
          assertThat(route.number("calls")).isZero();
          assertThat(route.list("attempts")).hasSize(1);
        });
  }

  @Test
  void readsWhatItHasWritten() {
    var entries = new RandomEntries(7).calls(100);
    var written = of(entries, ledger -> RouteUse.of(ledger, ALWAYS));
    var read =
        of(entries, ledger -> RouteUse.of(ledger.attemptCells(ALWAYS), ledger.callCells(ALWAYS)));

    assertThat(RouteDocument.read(written)).isNotEmpty().isEqualTo(read);
  }

  private static BigDecimal usd(List<Document> attempts, String name) {
    return attempts.stream()
        .map(each -> new BigDecimal(each.text(name, "0")))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<Document> routes(List<? extends Entry> entries) {
    return of(entries, ledger -> RouteUse.of(ledger, ALWAYS)).list("routes");
  }

  private static <T> T of(List<? extends Entry> entries, Function<MemoryLedger, T> report) {
    try (var ledger = new MemoryLedger()) {
      ledger.store(Entries.of(List.copyOf(entries), new Position(1, 1)));
      return report.apply(ledger);
    }
  }
}
