package io.faregate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.budget.Limit;
import io.faregate.budget.LimitState;
import io.faregate.budget.Period;
import io.faregate.ledger.Entries;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.ledger.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitDocumentTest {
  private static final Instant LOST = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void onlyAWindowThatBeganBeforeRecordsWereLostLacksWhatWasSpent() {
    assertThat(missing(Period.MONTH, LOST.plusSeconds(86_400))).isEqualTo(LOST.toString());
    assertThat(missing(Period.DAY, LOST.plusSeconds(60))).isEqualTo(LOST.toString());
    assertThat(missing(Period.DAY, LOST.plusSeconds(86_400))).isNull();
  }

  @Test
  void whatIsInDoubtIsLookedForInTheQuartersThatAReviewAddsUp() {
    var ledger = new MemoryLedger();
    ledger.store(Entries.of(List.of(SampleCalls.lost()), new Position(1, 1)));
    var began = SampleCalls.lost().startedAt();
    var minute = new Span(began.plusSeconds(60), began.plusSeconds(120));

    var listed = LimitDocument.inDoubt(ledger, minute);

    assertThat(listed.list("attempts")).hasSize(1);
    assertThat(Review.of(ledger, minute).document().text("from")).isEqualTo(listed.text("from"));
  }

  private static @Nullable String missing(Period period, Instant now) {
    var window = period.window(ZoneOffset.UTC, now);
    var state = new LimitState(Limit.ofAll(period), window, 5L, 0, 0, 0);
    return LimitDocument.of(state, LOST).text("missing_before");
  }
}
