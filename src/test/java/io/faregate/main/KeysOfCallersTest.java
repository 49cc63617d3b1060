package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.ConfigWatch;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.policy.KeyText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysOfCallersTest {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private static final String PLANS =
      """
      plans: { free: { tiers: [low] }, full: { tiers: [low, balanced] } }
      default_plan: free
      workflows:
        support: { steps: { faq: { task: faq } } }
        agent: { steps: { plan: { task: faq, tier: balanced } } }
      """;

  @TempDir private Path folder;

  private final Random random = new Random(1);
  private final KeyText key = KeyText.made(random);
  private final KeyText other = KeyText.made(random);

  @Test
  void refusesCallsThatComeTooFastAndLetsOtherKeysIn() {
    try (var lab = lab(entry("web", key, "rate: 2/m") + entry("batch", other, "rate: 2/m"))) {
      assertThat(ask(lab, key, "hello").statusCode()).isEqualTo(200);
      assertThat(ask(lab, key, "hello").statusCode()).isEqualTo(200);

      var refused = ask(lab, key, "hello");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("faregate_rate_limited", "rate_limit_exceeded", "web");
      assertThat(header(refused, "x-faregate-error")).isEqualTo("faregate_rate_limited");
      assertThat(Integer.parseInt(header(refused, "retry-after"))).isBetween(1, 30);
      assertThat(Integer.parseInt(header(refused, "retry-after-ms"))).isBetween(1, 30_000);
      assertThat(header(refused, "x-ratelimit-limit-requests")).isEqualTo("2");
      assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
      assertThat(header(refused, "x-ratelimit-reset-requests")).matches("[0-9.]+s");
      assertThat(ask(lab, other, "hello").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void givesAPlaceBackOnEveryWayOut() {
    try (var lab = lab(entry("web", key, "concurrency: 1"))) {
      for (var body : List.of("{", "{}", body("[[sim:status=400]]"), body("hello"))) {
        assertThat(lab.chat(body, bearer(key)).statusCode()).isNotEqualTo(429);
      }
      var one = CompletableFuture.supplyAsync(() -> ask(lab, key, "[[sim:delay=2s]]"));
      var two = CompletableFuture.supplyAsync(() -> ask(lab, key, "[[sim:delay=2s]]"));
      var first = one.join();
      var second = two.join();
      var refused = first.statusCode() == 429 ? first : second;

      assertThat(List.of(first.statusCode(), second.statusCode()))
          .containsExactlyInAnyOrder(200, 429);
      assertThat(header(refused, "retry-after")).isEqualTo("1");
      assertThat(refused.body()).contains("1 calls under way");
      assertThat(ask(lab, key, "hello").statusCode()).isEqualTo(200);
    }
  }

  /// By another connection, which another event loop may serve.
  @Test
  void letsACallerCallAgainAsSoonAsItHasItsAnswer() {
    try (var lab = lab(entry("web", key, "concurrency: 1"));
        var one = HttpClient.newHttpClient();
        var two = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(lab.url() + "/chat/completions"))
              .header("authorization", "Bearer " + key.reveal())
              .POST(HttpRequest.BodyPublishers.ofString(body("hello")))
              .build();
      for (int call = 0; call < 500; call++) {
        var client = call % 2 == 0 ? one : two;
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
        assertThat(answer.statusCode()).as("call %d: %s", call, answer.body()).isEqualTo(200);
      }
    }
  }

  @Test
  void knowsACallerByItsKeyAlone() {
    var bound = entry("web", key, "workflow: support, plan: free");
    try (var lab = lab(bound + entry("free", other, "plan: from_request"))) {
      var answer =
          lab.chat(
              body("hello"),
              "authorization",
              "Bearer " + key.reveal(),
              "x-faregate-workflow",
              "agent",
              "x-faregate-plan",
              "full");

      assertThat(answer.statusCode()).isEqualTo(200);
      var id = answer.headers().firstValue("x-faregate-call").orElseThrow();
      var dimensions = lab.ledger().call(id).orElseThrow().call().dimensions();
      assertThat(dimensions.workflow()).isEqualTo("support");
      assertThat(dimensions.plan()).isEqualTo("free");
      assertThat(dimensions.key()).isEqualTo("web");
    }
  }

  @Test
  void saysWhatIsWrongWithAKey() {
    try (var lab = lab(entry("web", key, "plan: free"))) {
      var typo = key.reveal().substring(0, 50);
      assertThat(refused(lab, "Bearer " + typo)).contains("typo").doesNotContain(typo);
      assertThat(refused(lab, "Bearer sk-abc")).contains("looks like a provider's key");
      assertThat(refused(lab, "Bearer " + key.sha256())).contains("hash of a key");
      assertThat(refused(lab, "Bearer " + other.reveal())).contains("no valid key");
      assertThat(lab.chat(body("a"), "authorization", "Bearer a", "x-api-key", key.reveal()).body())
          .contains("faregate_ambiguous_key");
    }
  }

  @Test
  void refusesARevokedKeyWithinFiveSecondsAndKeepsTheBucketsOfOthers() throws IOException {
    try (var providers = new SimulatedProviders(List.of("alpha", "beta"))) {
      var kept = entry("batch", other, "rate: 1/m");
      var text = providers.in(Lab.POLICY + PLANS + "keys:\n" + kept);
      var both = text + entry("web", key, "pin: true");
      var file = Files.writeString(folder.resolve("faregate.yaml"), both);
      var environment = new Environment(Map.of(), folder, Catalogue.builtIn());
      try (var wiring = new Wiring(Lab.read(both, folder), folder.resolve("data"), Lab.CLOCK);
          var executor = Executors.newSingleThreadScheduledExecutor();
          var watch = new ConfigWatch(file, environment, wiring.inForce()::accept)) {
        watch.start(executor);
        assertThat(models(wiring, key)).isEqualTo(200);
        assertThat(chat(wiring, other)).isEqualTo(200);

        Files.writeString(file, text);
        var changed = System.nanoTime();
        while (models(wiring, key) == 200) {
          assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(FIVE_SECONDS);
        }
        assertThat(models(wiring, other)).isEqualTo(200);
        assertThat(chat(wiring, other)).isEqualTo(429);
      }
    }
  }

  @Test
  void letsNobodyInWhenTheLastKeyIsRevokedOfAServerThatOthersReach() throws IOException {
    try (var providers = new SimulatedProviders(List.of("alpha", "beta"))) {
      var text = providers.in(Lab.POLICY).replace("server: {", "server: { host: 0.0.0.0,");
      var last = text + "keys:\n" + entry("web", key, "pin: true");
      var file = Files.writeString(folder.resolve("faregate.yaml"), last);
      var environment = new Environment(Map.of(), folder, Catalogue.builtIn());
      try (var wiring = new Wiring(Lab.read(last, folder), folder.resolve("data"), Lab.CLOCK);
          var watch = new ConfigWatch(file, environment, wiring.inForce()::accept)) {
        assertThat(models(wiring, key)).isEqualTo(200);

        Files.writeString(file, text);
        watch.poll();
        watch.poll();

        assertThat(models(wiring, key)).isEqualTo(401);
        assertThat(Lab.get(wiring.url() + "/models").body()).contains("this gateway has no keys");
      }
    }
  }

  private static int chat(Wiring wiring, KeyText key) {
    var request =
        HttpRequest.newBuilder(URI.create(wiring.url() + "/chat/completions"))
            .header("authorization", "Bearer " + key.reveal())
            .POST(HttpRequest.BodyPublishers.ofString(body("hello")))
            .build();
    return Lab.send(request).statusCode();
  }

  private static int models(Wiring wiring, KeyText key) {
    var request =
        HttpRequest.newBuilder(URI.create(wiring.url() + "/models"))
            .header("authorization", "Bearer " + key.reveal())
            .build();
    return Lab.send(request).statusCode();
  }

  private Lab lab(String keys) {
    return new Lab(folder, List.of("alpha", "beta"), Lab.POLICY + PLANS + "keys:\n" + keys);
  }

  private static String entry(String name, KeyText key, String more) {
    return "  - { name: %s, sha256: %s, %s }\n".formatted(name, key.sha256(), more);
  }

  private static String body(String text) {
    return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(text);
  }

  private static String[] bearer(KeyText key) {
    return new String[] {"authorization", "Bearer " + key.reveal()};
  }

  private static HttpResponse<String> ask(Lab lab, KeyText key, String text) {
    return lab.chat(body(text), bearer(key));
  }

  private static String refused(Lab lab, String authorization) {
    var answer = lab.chat(body("hello"), "authorization", authorization);
    assertThat(answer.statusCode()).isEqualTo(401);
    return answer.body();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
