package io.faregate.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faregate.Seeds;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  @Test
  void makesIdsThatSortByTime() {
    var chance = new Random(7);
    var before = CallId.next(Instant.parse("2026-08-01T00:00:00Z"), chance);
    var after = CallId.next(Instant.parse("2026-08-01T00:00:00.001Z"), chance);

    assertThat(before).isLessThan(after).matches("call_[0-9a-hjkmnp-tv-z]{26}");
  }

  @Test
  void neverMakesAnIdTwice() {
    var chance = new Random(7);
    var ids = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(ids.add(CallId.next(Instant.EPOCH, chance))).isTrue();
    }
  }

  @Test
  void readsAModelWithSlashesInItsName() {
    var model = ModelId.parse("openrouter/meta/llama-4");

    assertThat(model).isEqualTo(new ModelId("openrouter", "meta/llama-4"));
    assertThat(model).hasToString("openrouter/meta/llama-4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "p/", "/m", "model"})
  void refusesWhatIsNoModel(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ModelId.parse(text));
  }

  @Test
  void scalesSegmentsSoThatTheyAddUp() {
    Seeds.each(
        500,
        chance -> {
          var amounts = chance.longs(6, 0, 1_000_000).toArray();
          var segments =
              new Segments(amounts[0], amounts[1], amounts[2], amounts[3], amounts[4], amounts[5]);
          long total = chance.nextLong(1L << 40);
          assertThat(segments.scaledTo(total).total()).isEqualTo(total);
          assertThat(segments.scaledTo(segments.total())).isEqualTo(segments);
        });
    assertThat(Segments.NONE.scaledTo(5)).isEqualTo(new Segments(0, 5, 0, 0, 0, 0));
  }

  @Test
  void tellsASegmentByItsName() {
    var segments = new Segments(1, 2, 3, 4, 5, 6);

    assertThat(List.of(Segment.values()))
        .extracting(segments::of)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(segments.withHistory(0).total()).isEqualTo(17);
  }

  @ParameterizedTest
  @EnumSource
  void readsEachReasonByItsWord(Reason reason) {
    assertThat(Reason.of(reason.word())).contains(reason);
  }

  @Test
  void refusesADemandThatAsksForNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Demand(
                Protocol.CHAT, Segments.NONE, List.of(), 0, null, 0, false, false, Set.of(), null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Segments(0, -1, 0, 0, 0, 0));
  }
}
