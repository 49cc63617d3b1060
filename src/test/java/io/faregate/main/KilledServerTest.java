package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.faregate.money.Money;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process that serves is killed as `kill -9` does it, again and again, in the middle of its
/// work.
@Timeout(value = 300, threadMode = SEPARATE_THREAD)
class KilledServerTest {
  private static final int KILLS = 20;
  private static final int CLIENTS = 16;
  private static final int CALLS = 100_000;

  private static final Traffic.Order SLOW =
      new Traffic.Order(
          """
          {"model":"auto","messages":[{"role":"user","content":"[[sim:delay=30s]]"}]}\
          """,
          -1);

  @TempDir private Path folder;

  @Test
  void losesNoSpendWhenItIsKilledTwentyTimesUnderLoad() throws Exception {
    var seed = new Random().nextLong();
    var chance = new Random(seed);
    var data = folder.resolve("data");
    var names = List.of("alpha", "beta");
    try (var providers = new SimulatedProviders(names)) {
      var config = Files.writeString(folder.resolve("faregate.yaml"), providers.in(Lab.POLICY));
      for (int kill = 0; kill < KILLS; kill++) {
        serveAndKill(config, data, chance);
      }
      providers.awaitQuiet();

      // The last start takes up what the last kill left.
      try (var wiring = new Wiring(Lab.read(providers.in(Lab.POLICY), folder), data, Lab.CLOCK)) {
        assertThat(wiring.stored(Lab.A_WHILE)).isTrue();
        var audit = Lab.audit(wiring);
        var total = Money.parse(audit.text("total_usd", "")).nanoUsd();
        var doubt = Money.parse(audit.text("in_doubt_usd", "")).nanoUsd();
        assertThat(total + doubt).as("seed %d", seed).isGreaterThanOrEqualTo(providers.billed());
      }
      var reconciled = Reconciled.of(data, providers.bills());
      assertThat(reconciled.reported()).as("seed %d", seed).isGreaterThan(KILLS);
      assertThat(reconciled.differing()).as("seed %d", seed).isEmpty();
      assertThat(reconciled.unlisted()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void theNextStartSaysHowManyAttemptsItHasPutInDoubt() throws Exception {
    var data = folder.resolve("data");
    try (var providers = new SimulatedProviders(List.of("alpha", "beta"))) {
      var config = Files.writeString(folder.resolve("faregate.yaml"), providers.in(Lab.POLICY));
      try (var server = ServerProcess.start(config, data);
          var traffic = new Traffic(server.url())) {
        var load = CompletableFuture.supplyAsync(() -> traffic.run(1, 1, _ -> SLOW));
        while (providers.bills().getFirst().attemptsOpen() == 0) {
          Thread.onSpinWait();
        }
        server.kill();
        traffic.stop();
        assertThat(load.join().broken()).isEqualTo(1);
      }

      try (var server = ServerProcess.start(config, data)) {
        assertThat(server.end().lines())
            .filteredOn(line -> line.contains("the journal was repaired"))
            .singleElement()
            .asString()
            .contains("\"in_doubt_attempts\":1", "\"ended_calls\":1");
      }
    }
  }

  private static void serveAndKill(Path config, Path data, Random chance) throws Exception {
    try (var server = ServerProcess.start(config, data, "-XX:TieredStopAtLevel=1", "-Xmx192m");
        var traffic = new Traffic(server.url())) {
      var seed = chance.nextLong();
      var enough = new CompletableFuture<Void>();
      var last = 20 + chance.nextInt(200);
      var load =
          CompletableFuture.supplyAsync(() ->
              traffic.run(
                  CALLS,
                  CLIENTS,
                  i -> {
                    if (i == last) {
                      enough.complete(null);
                    }
                    return Traffic.order(seed + i, 0.1);
                  }));
      enough.join();
      server.kill();
      traffic.stop();
      var _ = load.join();
    }
  }
}
