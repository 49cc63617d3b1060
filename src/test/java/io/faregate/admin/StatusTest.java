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
    assertThat(status(new Status.Journal(true, "", 0, 0, 7), store(false, true)).trouble())
        .contains("7 records of calls are lost");
  }

  private static Status.Store store(boolean failing, boolean historyMissing) {
    var missing = historyMissing ? Instant.parse("2026-11-24T09:00:00.5Z") : null;
    return new Status.Store(failing, failing ? "locked" : "", 0, 0, missing);
  }

  private static Status status(boolean ready, Status.Store store) {
    return status(new Status.Journal(ready, ready ? "" : "full", 0, 0, 0), store);
  }

  private static Status status(Status.Journal journal, Status.Store store) {
    return new Status("test", Instant.EPOCH, journal, store, 0, 0, 0, false);
  }
}
