package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
  @TempDir private Path data;

  @Test
  void letsCallsUnderWayFinishAndNoNewOneIn() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var running = CompletableFuture.supplyAsync(() -> lab.ask("[[sim:delay=1s]]"));
      while (lab.bills().getFirst().attemptsOpen() == 0) {
        Thread.onSpinWait();
      }
      var drained = CompletableFuture.supplyAsync(() -> lab.wiring().drain(Lab.A_WHILE));
      while (Lab.get(lab.adminUrl() + "/readyz").statusCode() == 200) {
        Thread.onSpinWait();
      }

      var refused = lab.ask("Is anybody there?");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("faregate_draining");
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(running.join().statusCode()).isEqualTo(200);
      assertThat(drained.join()).isTrue();
    }
  }
}
