package io.faregate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.ledger.AttemptEntry;
import io.faregate.main.Lab;
import io.faregate.provider.PlainProvider.Say;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The way of a call to its provider, as the file says it, on real sockets.
class WayTest {
  private static final URI FAR = URI.create("https://far.example/v1");

  @TempDir private Path folder;

  @Test
  void aProviderIsCalledThroughItsProxy() throws IOException {
    try (var proxy = new ForwardProxy();
        var provider = PlainProvider.saying(_ -> Say.HELLO);
        var lab = lab(at("http", provider) + "key: test, proxy: \"%s\"".formatted(proxy.url()))) {
      assertThat(lab.ask("hello").statusCode()).isEqualTo(200);

      assertThat(proxy.asked())
          .containsExactly(
              "POST http://localhost:%d/v1/chat/completions HTTP/1.1".formatted(provider.port()));
    }
  }

  @Test
  void aProviderBehindTlsIsCalledThroughATunnelOfItsProxy() throws Exception {
    try (var proxy = new ForwardProxy();
        var provider = PlainProvider.selfSigned(folder);
        var lab =
            lab(
                at("https", provider)
                    + "key: test, ca: \"%s\", proxy: \"%s\""
                        .formatted(PlainProvider.authority(folder), proxy.url()))) {
      assertThat(lab.ask("hello").statusCode()).isEqualTo(200);

      assertThat(proxy.asked())
          .containsExactly("CONNECT localhost:%d HTTP/1.1".formatted(provider.port()));
    }
  }

  @Test
  void anAuthorityOfOursIsBelievedWhereTheFileNamesItAndNowhereElse() throws Exception {
    try (var provider = PlainProvider.selfSigned(folder)) {
      var named = "key: test, ca: \"%s\"".formatted(PlainProvider.authority(folder));
      try (var lab = lab(at("https", provider) + named)) {
        assertThat(lab.ask("hello").statusCode()).isEqualTo(200);
      }
      try (var lab = lab(at("https", provider) + "key: test")) {
        var answer = lab.ask("hello");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(attempts(answer, lab))
            .isNotEmpty()
            .allSatisfy(
                attempt -> assertThat(attempt.problem()).startsWith("no connection could be made"));
      }
      assertThat(provider.keys()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("limits")
  void aRateLimitedKeyIsSteppedOverWhileAnotherIsFree(Say limited) throws IOException {
    try (var provider = PlainProvider.saying(key -> key.equals("one") ? limited : Say.HELLO);
        var lab = lab(at("http", provider) + "key: [one, two]")) {
      for (int i = 0; i < 6; i++) {
        var answer = lab.ask("hello");

        assertThat(answer.statusCode()).isEqualTo(200);
        // The first call finds it out; the model is never passed over for it.
        var model = answer.headers().firstValue("x-faregate-model").orElseThrow();
        assertThat(model).isEqualTo(i == 0 ? "far/n" : "far/m");
      }
      assertThat(provider.keys()).containsExactly("one", "two", "two", "two", "two", "two", "two");
    }
  }

  /// How a provider says so: by its status, in a whole answer, and in a stream.
  static List<Say> limits() {
    var error = "{\"error\":{\"message\":\"too many\",\"code\":429}}";
    return List.of(
        Say.LIMITED, new Say(200, error, false), new Say(200, "data: " + error + "\n\n", false));
  }

  /// Connections are looked for by it, with each request.
  @Test
  void anAuthorityIsLookedThroughOnceForAllRequests() {
    var way = new Way(FAR, null, "ours");

    assertThat(believed(way)).isSameAs(believed(way));
    assertThat(believed(way)).isEqualTo(believed(new Way(FAR, null, "ours")));
    assertThat(believed(way)).hasSameHashCodeAs(believed(new Way(FAR, null, "ours")));
    assertThat(believed(way)).isNotEqualTo(believed(new Way(FAR, null, "theirs")));
  }

  private static TrustOptions believed(Way way) {
    return way.request("/v1").getSslOptions().copy().getTrustOptions();
  }

  @Test
  void aPackedErrorIsReadAndHandedOnInTheClear() throws IOException {
    var error = "{\"error\":{\"message\":\"what is that?\",\"type\":\"x\",\"code\":400}}";
    try (var provider = PlainProvider.saying(_ -> new Say(400, error, true));
        var lab = lab(at("http", provider) + "key: test")) {
      var answer = lab.ask("hello");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo(error);
      assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    }
  }

  @Test
  void aPackedWordOfTooMuchInputLeadsToALargerWindow() throws IOException {
    var error =
        """
        {"error":{"message":"This model's maximum context length is 4096 tokens. However, you \
        requested 5000 tokens.","type":"BadRequestError","param":null,"code":400}}\
        """;
    try (var provider = PlainProvider.saying(_ -> new Say(400, error, true));
        var lab = lab(at("http", provider) + "key: test")) {
      var tried = attempts(lab.ask("hello"), lab);

      assertThat(tried).map(AttemptEntry::tier).containsExactly("low", "high");
    }
  }

  private Lab lab(String provider) throws IOException {
    var data = Files.createTempDirectory(folder, "data");
    var policy =
        """
        providers: { far: { api: openai, %s } }
        models:
          far/m: { window: 32k, price: { input: 1, output: 2 } }
          far/n: { window: 32k, price: { input: 1, output: 2 } }
          far/large: { window: 64k, price: { input: 1, output: 2 } }
        tiers: { low: { models: [far/m, far/n] }, high: { models: [far/large] } }
        tasks: { easy: { tier: low, fallback: high, because: "there is no other" } }
        default_task: easy
        server: { port: 0, admin: { port: 0 } }
        """
            .formatted(provider);
    return new Lab(data, List.of(), policy);
  }

  private static String at(String scheme, PlainProvider provider) {
    return "url: \"%s://localhost:%d/v1\", ".formatted(scheme, provider.port());
  }

  private static List<AttemptEntry> attempts(HttpResponse<String> answer, Lab lab) {
    var call = answer.headers().firstValue("x-faregate-call").orElseThrow();
    return lab.ledger().call(call).orElseThrow().attempts();
  }
}
