package io.faregate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.Caller;
import io.faregate.call.Protocol;
import io.faregate.gateway.Header;
import io.faregate.http.KeyPace.Entrance;
import io.faregate.policy.Key;
import io.faregate.policy.Limits.Budgets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyPaceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private final KeyPace pace = new KeyPace();

  /// Near the end of what a long can hold, where a clock of an arbitrary origin may stand.
  private long now = Long.MAX_VALUE - 5 * SECOND;

  @Test
  void letsAMinutesCallsInAtOnceAndThenOneAfterTheOther() {
    var key = key("a", 6L, null);
    for (int i = 0; i < 6; i++) {
      enter(key).leave();
    }

    assertThat(pace.enter(key, now)).isEqualTo(new Entrance.TooFast(6, 10 * SECOND, MINUTE));
    now += 10 * SECOND - 1;
    assertThat(pace.enter(key, now)).isEqualTo(new Entrance.TooFast(6, 1, 50 * SECOND + 1));
    now += 1;
    enter(key).leave();
    assertThat(pace.enter(key, now)).isInstanceOf(Entrance.TooFast.class);
  }

  @Test
  void neverLetsMoreInThanTheBucketHeldAndGained() {
    Seeds.each(
        200,
        random -> {
          long rate = 1L + random.nextInt(5_000);
          var key = key("a", rate, null);
          var fresh = new KeyPace();
          long passed = 0;
          long admitted = 0;
          for (int i = 0; i < 2_000; i++) {
            passed += random.nextLong(2 * MINUTE / rate);
            admitted += fresh.enter(key, passed) instanceof Entrance.Open ? 1 : 0;
            assertThat(admitted).isLessThanOrEqualTo(rate + Math.ceilDiv(passed * rate, MINUTE));
          }
        });
  }

  @Test
  void keepsTheKeysApart() {
    var _ = enter(key("a", 1L, 1));

    assertThat(pace.enter(key("a", 1L, 2), now)).isInstanceOf(Entrance.TooFast.class);
    assertThat(pace.enter(key("b", 1L, 1), now)).isInstanceOf(Entrance.Open.class);
  }

  @Test
  void givesAPlaceBackOnce() {
    var key = key("a", null, 2);
    var first = enter(key);
    var _ = enter(key);
    assertThat(pace.enter(key, now)).isEqualTo(new Entrance.Full(2));

    first.leave();
    first.leave();

    var _ = enter(key);
    assertThat(pace.enter(key, now)).isEqualTo(new Entrance.Full(2));
  }

  @Test
  void takesNothingOfTheRateForACallThatFindsNoPlace() {
    var key = key("a", 2L, 1);
    var place = enter(key);
    assertThat(pace.enter(key, now)).isEqualTo(new Entrance.Full(1));

    place.leave();

    enter(key).leave();
  }

  @Test
  void keepsItsLevelWhenAReloadChangesTheLimits() {
    var place = enter(key("a", 1L, null));
    pace.tidy(now);

    assertThat(pace.enter(key("a", 60L, null), now))
        .isEqualTo(new Entrance.TooFast(60, SECOND, MINUTE));
    assertThat(pace.enter(key("a", null, 1), now)).isEqualTo(new Entrance.Full(1));
    place.leave();
    now += MINUTE;
    var _ = enter(key("a", 1L, 1));
  }

  @Test
  void forgetsOnlyLanesThatSayNothing() {
    enter(key("quick", 600L, null)).leave();
    var place = enter(key("slow", null, 1));
    pace.tidy(now);
    assertThat(pace.lanes()).isEqualTo(2);

    now += SECOND;
    pace.tidy(now);
    assertThat(pace.lanes()).isEqualTo(1);

    place.leave();
    pace.tidy(now);
    assertThat(pace.lanes()).isZero();
  }

  @Test
  void neverHasMoreCallsUnderWayThanAllowedWhateverThreadsDo() throws InterruptedException {
    var key = key("a", null, 3);
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    Runnable visit =
        () -> {
          if (pace.enter(key, 0) instanceof Entrance.Open(var place)) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            place.leave();
          }
        };
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        var _ =
            threads.submit(() -> {
              start.await();
              IntStream.range(0, 2_000).forEach(_ -> visit.run());
              return null;
            });
      }
      start.countDown();
    }

    assertThat(most.get()).isBetween(1, 3);
    pace.tidy(0);
    assertThat(pace.lanes()).isZero();
  }

  @Test
  void tellsAClientWhenToComeAgainButNeverLongerThanHalfAMinute() {
    var key = key("web", 1L, 4);
    var slow = new Entrance.TooFast(1, 45 * SECOND + 1, MINUTE);
    var full = new Entrance.Full(4);
    var at = Instant.parse("2026-11-25T12:00:00Z");

    assertThat(PaceRefusals.failure(key, slow, at).retryAfterSeconds()).isEqualTo(30);
    assertThat(PaceRefusals.failure(key, slow, at).message())
        .isEqualTo(
            """
            the key web may begin 1 calls in a minute, and has; the next one may come at \
            2026-11-25T12:00:45.001Z\
            """);
    assertThat(PaceRefusals.headers(slow, Protocol.CHAT, at))
        .containsExactly(
            new Header("retry-after-ms", "30000"),
            new Header("x-ratelimit-limit-requests", "1"),
            new Header("x-ratelimit-remaining-requests", "0"),
            new Header("x-ratelimit-reset-requests", "60s"));
    assertThat(PaceRefusals.failure(key, full).retryAfterSeconds()).isEqualTo(1);
    assertThat(PaceRefusals.headers(full, Protocol.CHAT, at))
        .contains(new Header("x-ratelimit-limit-requests", "4"));
    var soon = new Entrance.TooFast(600, 1, SECOND / 4);
    assertThat(PaceRefusals.failure(key, soon, at).retryAfterSeconds()).isEqualTo(1);
    assertThat(PaceRefusals.headers(soon, Protocol.CHAT, at))
        .contains(
            new Header("retry-after-ms", "1"), new Header("x-ratelimit-reset-requests", "0.25s"));
    assertThat(PaceRefusals.headers(slow, Protocol.MESSAGES, at))
        .containsExactly(
            new Header("retry-after-ms", "30000"),
            new Header("anthropic-ratelimit-requests-limit", "1"),
            new Header("anthropic-ratelimit-requests-remaining", "0"),
            new Header("anthropic-ratelimit-requests-reset", "2026-11-25T12:01:01Z"));
  }

  private KeyPace.Place enter(Key key) {
    if (pace.enter(key, now) instanceof Entrance.Open(var place)) {
      return place;
    }
    throw new AssertionError(key.name() + " was refused");
  }

  private static Key key(String name, @Nullable Long rate, @Nullable Integer concurrency) {
    var caller = new Caller(name, null, null, true, null, false, List.of());
    return new Key(caller, new ArrayList<>(), rate, concurrency, null, Budgets.NONE);
  }
}
