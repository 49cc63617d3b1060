package io.faregate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.AttemptKind;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Entry;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.ledger.RandomEntries;
import io.faregate.ledger.Span;
import io.faregate.money.Money;
import io.faregate.money.Usage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewTest {
  private static final Span ALWAYS = new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  @Test
  void everySumEqualsItsRows() {
    Seeds.each(
        20,
        chance -> {
          var entries = new RandomEntries(chance.nextLong()).calls(200);
          var review = review(entries);
          var attempts = all(entries, AttemptEntry.class);

          assertThat(review.total().attempts()).isEqualTo(attempts.size());
          assertThat(review.total().calls()).isEqualTo(all(entries, CallEntry.class).size());
          assertThat(review.total().priced()).isEqualTo(cost(attempts));
          assertThat(review.total().inDoubtNanoUsd())
              .isEqualTo(attempts.stream().mapToLong(AttemptEntry::inDoubtNanoUsd).sum());
          assertThat(review.unreported()).hasSize((int) review.total().estimated());
        });
  }

  @Test
  void everyBreakdownAddsUpToTheTotal() {
    Seeds.each(
        20,
        chance -> {
          var review = review(new RandomEntries(chance.nextLong()).calls(100));

          for (var lines : List.of(review.byModel(), review.byTier(), review.byWorkflow())) {
            var sum = Sums.NONE;
            for (var line : lines) {
              sum = plus(sum, line.sums());
            }
            assertThat(sum).isEqualTo(review.total());
          }
        });
  }

  @Test
  void showsNoRateWhereNothingHappened() {
    var document = review(List.of()).document();

    assertThat(document.text("total_usd")).isEqualTo("0.000000000");
    assertThat(document.text("fallback_rate")).isNull();
    assertThat(document.text("retry_rate")).isNull();
    assertThat(document.fields().keySet())
        .startsWith(
            "from",
            "to",
            "total_usd",
            "calls",
            "attempts",
            "by_model",
            "by_tier",
            "by_workflow",
            "fallback_rate",
            "fallback_reasons",
            "retry_rate",
            "cost_per_completed_action_usd",
            "correction_rate",
            "premium_growth",
            "in_doubt_usd",
            "unpriced_calls",
            "findings");
  }

  @Test
  void saysOfASpanThatCallsOfItMayBeMissing() {
    try (var ledger = new MemoryLedger()) {
      ledger.missing(SampleCalls.AT);
      var reachesBack = new Span(SampleCalls.AT.minusSeconds(900), SampleCalls.AT);
      var later = new Span(SampleCalls.AT, SampleCalls.AT.plusSeconds(900));

      assertThat(Review.of(ledger, reachesBack).document().text("missing_before"))
          .isEqualTo("2026-11-24T09:00:00Z");
      assertThat(Review.of(ledger, later).document().fields())
          .containsEntry("missing_before", null);
    }
  }

  @Test
  void documentsHoldTheSameFiguresAsTheReview() {
    var review = review(new RandomEntries(7).calls(50));
    var document = review.document();

    assertThat(document.text("total_usd")).isEqualTo(Money.usd(review.total().priced()));
    assertThat(document.list("by_model")).hasSameSizeAs(review.byModel());
    assertThat(document.number("unreported_count")).isEqualTo(review.total().estimated());
    assertThat(
            document.inner("fallback_reasons").fields().values().stream()
                .mapToLong(count -> count instanceof Long number ? number : 0)
                .sum())
        .isLessThanOrEqualTo(review.attempts(AttemptKind.FALLBACK));
  }

  @Test
  void costIsUnpricedWhenNoAttemptHasAPrice() {
    assertThat(new Sums(1, 2, Usage.NONE, 0, 0, 2, 0).costNanoUsd()).isNull();
    assertThat(new Sums(1, 2, Usage.NONE, 5, 0, 1, 0).costNanoUsd()).isEqualTo(5L);
    assertThat(Sums.NONE.costNanoUsd()).isZero();
  }

  private static Review review(List<Entry> entries) {
    try (var ledger = new MemoryLedger()) {
      ledger.store(Entries.of(entries, new Position(1, 1)));
      return Review.of(ledger, ALWAYS);
    }
  }

  private static <E extends Entry> List<E> all(List<Entry> entries, Class<E> type) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static long cost(List<AttemptEntry> attempts) {
    long sum = 0;
    for (var attempt : attempts) {
      var cost = attempt.costNanoUsd();
      sum += cost == null ? 0 : cost;
    }
    return sum;
  }

  private static Sums plus(Sums one, Sums other) {
    return new Sums(
        one.calls() + other.calls(),
        one.attempts() + other.attempts(),
        one.usage().plus(other.usage()),
        one.priced() + other.priced(),
        one.inDoubtNanoUsd() + other.inDoubtNanoUsd(),
        one.unpriced() + other.unpriced(),
        one.estimated() + other.estimated());
  }
}
