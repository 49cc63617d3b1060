package io.faregate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusTest {
  @Test
  void saysWhatIsNotAsItShouldBe() {
    assertThat(status(true, store(false, false)).trouble()).isEmpty();
    assertThat(status(false, store(true, true)).trouble()).isEqualTo("no call is taken: full");
    assertThat(status(true, store(true, true)).trouble())
        .isEqualTo("reports are behind, calls go on: locked");
    assertThat(status(true, store(false, true)).trouble())
        .contains("calls from before 2026-11-24T09:00:00Z may be missing");
  }

  private static Status.Store store(boolean failing, boolean historyMissing) {
    var missing = historyMissing ? Instant.parse("2026-11-24T09:00:00.5Z") : null;
    return new Status.Store(failing, failing ? "locked" : "", 0, 0, missing);
  }

  private static Status status(boolean ready, Status.Store store) {
    var journal = new Status.Journal(ready, ready ? "" : "full", 0);
    return new Status("test", Instant.EPOCH, journal, store, 0, 0, 0, false);
  }
}
