package io.faregate.cli.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.admin.SampleServer;
import io.faregate.audit.SampleCalls;
import io.faregate.cli.Shell;
import io.faregate.ledger.Entries;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worksheet written from a ledger, and that ledger beside it.
class MeasureTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void writesAWorksheetThatCanBeReadAndComparedAtOnce() throws IOException {
    try (var server = new SampleServer()) {
      var written =
          new Shell()
              .run(
                  "worksheet",
                  "measure",
                  "--admin",
                  server.url(),
                  "--since",
                  "2026-11-24",
                  "--until",
                  "2026-11-25");
      assertThat(written.exitCode()).as(written.err()).isZero();
      assertThat(written.out())
          .contains("tiers:", "low: alpha/small")
          .contains("workflow: support, step: troubleshooting, first: low, fallback: balanced")
          .contains("requests: 60,", "basis: measured")
          .contains("low: alpha/small # has no price");
      assertThat(written.err())
          .contains("alpha/small of the tier low has no price on 2026-11-24")
          .contains("faregate prices import");

      var priced = written.out().replace("beta/<large>", "alpha/large");
      var file = Files.writeString(folder.resolve("measured.yaml"), priced);
      var compared =
          new Shell()
              .with("OPENAI_API_KEY", "a-key-of-the-test")
              .run(
                  "worksheet",
                  file.toString(),
                  "--against",
                  "2026-11-24",
                  "--admin",
                  server.url(),
                  "--config",
                  "src/test/golden/cli/support.yaml");
      assertThat(compared.exitCode()).as(compared.err()).isZero();
      assertThat(compared.out()).contains("Plan and actual", "troubleshooting", "0.0165");
    }
  }

  @Test
  void countsNoTimeThatHasNotCome() {
    var ledger = new MemoryLedger();
    ledger.store(
        Entries.of(
            List.of(SampleCalls.refused(), SampleCalls.answered(), SampleCalls.call()),
            new Position(1, 1)));

    var written =
        new Shell()
            .with(_ -> Optional.of(ledger), InstantSource.fixed(SampleCalls.AT.plusSeconds(360)))
            .run("worksheet", "measure", "--since", "6m");

    assertThat(written.out())
        .contains("2026-11-24T09:00:00Z to 2026-11-24T09:06:00Z")
        .contains("requests: 7200,");
  }

  @Test
  void writesNoRowOfCallsThatNeverEnded() {
    var ledger = new MemoryLedger();
    ledger.store(Entries.of(List.of(SampleCalls.lost()), new Position(1, 1)));

    var written =
        new Shell()
            .with(_ -> Optional.of(ledger), InstantSource.fixed(SampleCalls.AT.plusSeconds(3600)))
            .run("worksheet", "measure");

    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(written.out())
        .contains("# support/troubleshooting: attempts, and no call that ended")
        .doesNotContain("requests:");
  }
}
