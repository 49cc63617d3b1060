package io.faregate.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.CallId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecentKeysTest {
  private static String id(int number) {
    return "call_%08x".formatted(number);
  }

  @Test
  void neverCallsNewWhatIsStored() {
    var seed = new Random().nextLong();
    var chance = new Random(seed);
    var recent = new RecentKeys("");
    var stored = new HashSet<String>();
    for (int i = 0; i < 300_000; i++) {
      // Ids rise, but for calls that last, and some come twice.
      int number = 100_000 + i - chance.nextInt(chance.nextInt(50) == 0 ? 100_000 : 40);
      int attempt = chance.nextInt(2);
      var known = recent.mayBeStored(id(number), attempt);
      if (!stored.add(id(number) + attempt)) {
        assertThat(known).as("seed %d, entry %d", seed, i).isTrue();
      }
    }
  }

  @Test
  void knowsAKeyOfTheOlderTableWhenThatIsDroppedForIt() {
    var recent = new RecentKeys("");
    for (int number = 1; number <= 2 * RecentKeys.MOST; number++) {
      var _ = recent.mayBeStored(id(number), 0);
    }

    assertThat(recent.mayBeStored(id(1), 0)).isTrue();
  }

  @Test
  void knowsThatLaterCallsAreNew() {
    var seed = new Random().nextLong();
    var chance = new Random(seed);
    var recent = new RecentKeys(id(0));
    int doubtful = 0;
    for (int millis = 1; millis <= 500_000; millis++) {
      var call = CallId.next(Instant.ofEpochMilli(millis), chance);
      doubtful += recent.mayBeStored(call, 1) ? 1 : 0;
      doubtful += recent.mayBeStored(call, 0) ? 1 : 0;
    }
    assertThat(doubtful).as("seed %d", seed).isZero();
  }

  @Test
  void canTellNothingOfCallsThatWereThereBefore() {
    var recent = new RecentKeys(id(1_000));

    assertThat(recent.mayBeStored(id(1_000), 0)).isTrue();
    assertThat(recent.mayBeStored(id(1_001), 0)).isFalse();
  }
}
