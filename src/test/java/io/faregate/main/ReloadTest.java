package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.ConfigReader;
import io.faregate.config.ConfigWatch;
import io.faregate.config.Environment;
import io.faregate.config.Reading;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.provider.ForwardProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private static final int RELOADS = 60;
  private static final List<String> MISTAKES =
      List.of(
          "tiers: [", // syntax
          "task: {}", // unknown key
          "default_task: nothing", // unknown name
          "aliases: { a: \"${NOT_SET}\" }");

  private static final String POLICY = Lab.POLICY.replaceAll("@\\w+", "http://127.0.0.1:1/v1");

  @TempDir private Path folder;

  @Test
  void failsNoCallWhileGoodAndBadFilesTakeTurns() throws IOException {
    try (var providers = new SimulatedProviders(List.of("alpha", "beta"))) {
      var good = providers.in(Lab.POLICY);
      var file = Files.writeString(folder.resolve("faregate.yaml"), good);
      try (var wiring = new Wiring(Lab.read(good, folder), folder.resolve("data"), Lab.CLOCK);
          var watch = new ConfigWatch(file, environment(), wiring.inForce()::accept);
          var traffic = new Traffic(wiring.url())) {
        var load =
            CompletableFuture.supplyAsync(
                () -> traffic.run(1_000_000, 8, i -> Traffic.order(i, 0)));
        for (int i = 0; i < RELOADS; i++) {
          var bad = i % 2 == 0;
          var text = bad ? good + MISTAKES.get(i / 2 % MISTAKES.size()) : good + "# version " + i;
          Files.writeString(file, text);
          watch.poll();
          watch.poll();
          assertTaken(wiring, !bad);
        }
        traffic.stop();
        var outcome = load.join();
        assertThat(outcome.answered()).isPositive();
        assertThat(outcome.refused() + outcome.broken()).isZero();
      }
    }
  }

  @Test
  void asksForANewAdminTokenAtOnceAndNeverForNone() {
    var policy = POLICY.replace("admin: { port: 0 }", "admin: { port: 0, token: first }");
    try (var wiring = new Wiring(Lab.read(policy, folder), folder, Lab.CLOCK)) {
      wiring.inForce().accept(reading(policy.replace("first", "second")));

      assertThat(statusWith("first", wiring)).isEqualTo(401);
      assertThat(statusWith("second", wiring)).isEqualTo(200);

      wiring.inForce().accept(reading(POLICY));

      assertThat(statusWith("none", wiring)).isEqualTo(401);
      assertThat(wiring.inForce().state().waiting()).containsExactly("server.admin.token");
    }
  }

  @Test
  void goesOnAskingForATokenThatCameAndWent() {
    try (var wiring = new Wiring(Lab.read(POLICY, folder), folder, Lab.CLOCK)) {
      wiring.inForce().accept(reading(POLICY.replace("{ port: 0 }", "{ port: 0, token: late }")));
      for (int i = 0; i < 2; i++) {
        wiring.inForce().accept(reading(POLICY));

        assertThat(statusWith("none", wiring)).isEqualTo(401);
        assertThat(wiring.inForce().state().waiting()).containsExactly("server.admin.token");
      }
    }
  }

  @Test
  void saysWhichChangesWaitForARestart() {
    try (var wiring = new Wiring(Lab.read(POLICY, folder), folder, Lab.CLOCK)) {
      var changed =
          POLICY.replace("server: { port: 0,", "server: { port: 19,") + "store: { keep: 9d }\n";

      wiring.inForce().accept(reading(changed));

      assertThat(wiring.inForce().state().waiting()).containsExactly("server.port", "store.keep");
      assertThat(Lab.get(wiring.adminUrl() + "/api/v1/policy").body())
          .contains("\"waiting_for_restart\":[\"server.port\",\"store.keep\"]");

      wiring.inForce().accept(reading(POLICY));

      assertThat(wiring.inForce().state().waiting()).isEmpty();
    }
  }

  @Test
  void saysThatAChangedZoneWaitsAndShowsTheOneThatLimitsResetBy() {
    try (var wiring = new Wiring(Lab.read(POLICY, folder), folder, Lab.CLOCK)) {
      wiring.inForce().accept(reading(POLICY + "timezone: Asia/Kathmandu\n"));

      assertThat(wiring.inForce().state().waiting()).containsExactly("timezone");
      assertThat(Lab.get(wiring.adminUrl() + "/api/v1/policy").body())
          .contains("\"timezone\":\"UTC\"", "\"waiting_for_restart\":[\"timezone\"]");
    }
  }

  @Test
  void callsAProviderThroughANewProxyFromTheNextCallOn() throws IOException {
    try (var providers = new SimulatedProviders(List.of("alpha", "beta"));
        var proxy = new ForwardProxy()) {
      var direct = providers.in(Lab.POLICY);
      var behind =
          direct.replace("key: test }", "key: test, proxy: \"%s\" }".formatted(proxy.url()));
      try (var wiring = new Wiring(Lab.read(direct, folder), folder, Lab.CLOCK);
          var traffic = new Traffic(wiring.url())) {
        assertThat(traffic.run(1, 1, i -> Traffic.order(i, 0)).answered()).isEqualTo(1);
        assertThat(proxy.asked()).isEmpty();

        wiring.inForce().accept(reading(behind));

        assertThat(traffic.run(1, 1, i -> Traffic.order(i, 0)).answered()).isEqualTo(1);
        assertThat(proxy.asked()).hasSize(1);
      }
    }
  }

  private Reading reading(String text) {
    return ConfigReader.read("faregate.yaml", text, environment());
  }

  private Environment environment() {
    return new Environment(Map.of(), folder, Catalogue.builtIn());
  }

  private static int statusWith(String token, Wiring wiring) {
    var url = URI.create(wiring.adminUrl() + "/api/v1/status");
    var request = HttpRequest.newBuilder(url).header("authorization", "Bearer " + token);
    return Lab.send(request.build()).statusCode();
  }

  private static void assertTaken(Wiring wiring, boolean taken) {
    var state = wiring.inForce().state();
    assertThat(state.lastReadingTaken()).isEqualTo(taken);
    assertThat(Lab.get(wiring.adminUrl() + "/metrics").body())
        .contains("faregate_config_last_reload_successful " + (taken ? "1" : "0"));
    if (!taken) {
      assertThat(state.problems()).anyMatch(problem -> problem.line() > 0);
    }
  }
}
