package io.faregate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.gateway.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock clock = new Clock();
  private final Keys keys = new Keys(List.of(() -> "a", () -> "b", () -> "c"));

  @Test
  void keysAreUsedInTurn() {
    assertThat(next(5)).isEqualTo("abcab");
  }

  @Test
  void aLimitedKeyIsSteppedOverUntilItIsFreeAgain() {
    use().limited(MINUTE);

    assertThat(next(5)).isEqualTo("bcbbc");
    clock.nanos += MINUTE.toNanos();
    assertThat(next(3)).isEqualTo("abc");
  }

  @Test
  void aKeyIsLeftAloneForASecondIfNobodySaysForHowLongAndForFiveMinutesAtMost() {
    use().limited(null);
    use().limited(Duration.ofDays(1));

    assertThat(next(3)).isEqualTo("ccc");
    clock.nanos += Duration.ofSeconds(1).toNanos();
    assertThat(next(3)).contains("a").doesNotContain("b");
    clock.nanos += Duration.ofMinutes(5).toNanos();
    assertThat(next(3)).contains("b");
  }

  @Test
  void aShorterPauseEndsNoLongerOne() {
    var use = use();
    use.limited(MINUTE);
    use.limited(null);
    clock.nanos += Duration.ofSeconds(2).toNanos();

    assertThat(next(3)).doesNotContain("a");
  }

  @Test
  void onlyTheLastFreeKeyThatIsLimitedLeavesNoOther() {
    for (var last : List.of(false, false, true)) {
      var use = use();
      use.limited(MINUTE);

      assertThat(use.leavesAnother()).isEqualTo(!last);
    }
    assertThat(next(3)).containsOnlyOnce("a").containsOnlyOnce("b").containsOnlyOnce("c");
  }

  @Test
  void aSingleKeyLeavesNoOtherAndIsUsedAllTheSame() {
    var single = new Keys(List.of(() -> "a"));
    var use = Objects.requireNonNull(single.next(clock));
    use.limited(MINUTE);

    assertThat(use.leavesAnother()).isFalse();
    assertThat(Objects.requireNonNull(single.next(clock)).key()).isEqualTo("a");
  }

  private Keys.Use use() {
    return Objects.requireNonNull(keys.next(clock));
  }

  private String next(int times) {
    var used = new StringBuilder();
    for (int i = 0; i < times; i++) {
      used.append(use().key());
    }
    return used.toString();
  }

  private static final class Clock implements Time {
    private long nanos = Long.MAX_VALUE - 5;

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Alarm in(Duration delay, Runnable action) {
      throw new UnsupportedOperationException();
    }
  }
}
