package io.faregate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.budget.Limit;
import io.faregate.budget.LimitState;
import io.faregate.budget.Period;
import java.time.Instant;
import java.time.ZoneOffset;
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

  private static @Nullable String missing(Period period, Instant now) {
    var window = period.window(ZoneOffset.UTC, now);
    var state = new LimitState(Limit.ofAll(period), window, 5L, 0, 0, 0);
    return LimitDocument.of(state, LOST).text("missing_before");
  }
}
