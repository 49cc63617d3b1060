package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.call.UsageSource;
import io.faregate.ledger.StoredCall;
import io.faregate.main.Lab;
import io.faregate.main.Reconciled;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every dialect from its client to a simulated provider that speaks the same: what providers do
/// wrong, and what they bill.
class DialectsTest {
  private static final String POLICY =
      """
      providers:
        alpha: { api: openai, url: "@alpha", key: test }
        beta:  { api: anthropic, url: "@beta/..", key: test }
      models:
        alpha/gpt-5.4-nano: { window: 400k, max_output: 9k, price: { input: 0.2, cache_read: 0.02,\
         output: 1.25 } }
        alpha/sim-reason: { window: 128k, max_output: 9k, price: { input: 1, cache_read: 0.1,\
         output: 8 } }
        alpha/text-embedding-3-small: { kind: embedding, window: 8191, price: { input: 0.02 } }
        beta/claude-sonnet-5: { window: 1M, max_output: 9k, price: { input: 2, cache_read: 0.2,
          cache_write_5m: 2.5, cache_write_1h: 4, output: 10 } }
      tiers:
        low:  { models: [alpha/gpt-5.4-nano] }
        high: { models: [alpha/sim-reason] }
        top:  { models: [beta/claude-sonnet-5] }
      tasks:
        faq:   { tier: low, fallback: none, retries: 0, because: "cheap first" }
        think: { tier: high, fallback: none, retries: 0, because: "it must" }
        talk:  { tier: top, fallback: none, retries: 0, because: "it speaks so" }
      default_task: faq
      limits: { deadline: 20s, attempt_timeout: 10s, idle: 400ms }
      server: { port: 0, admin: { port: 0 } }
      """;

  @TempDir private Path data;
  private Lab lab;

  /// A client, its body, and how its streams end.
  enum Client {
    CHAT(
        "/chat/completions",
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}",
        "data: [DONE]",
        "data: {\"error\":"),
    RESPONSES(
        "/responses",
        "{\"model\":\"%s\",\"input\":\"%s\"%s}",
        "event: response.completed",
        "event: response.failed"),
    MESSAGES(
        "/messages",
        """
        {"model":"%s","max_tokens":900,"messages":[{"role":"user","content":"%s"}]%s}\
        """,
        "event: message_stop",
        "event: error");

    private final String path;
    private final String body;
    private final String end;
    private final String error;

    Client(String path, String body, String end, String error) {
      this.path = path;
      this.body = body;
      this.end = end;
      this.error = error;
    }

    /// The tasks whose models speak the dialect.
    List<String> tasks() {
      return this == MESSAGES ? List.of("task/talk") : List.of("task/faq", "task/think");
    }

    String asks(String model, String text, boolean streamed) {
      return body.formatted(model, text, streamed ? ",\"stream\":true" : "");
    }
  }

  @BeforeEach
  void start() {
    lab = new Lab(data, List.of("alpha", "beta"), POLICY);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void endsEveryBrokenStreamInOneErrorOfTheDialect(Client client) {
    for (var fault :
        List.of("cut=9", "cutbytes=3000", "end=9", "malformed=9", "nodone", "gap=700ms")) {
      var markers = "[[sim:tokens=40; %s]]".formatted(fault);
      var broken =
          lab.postThatBreaks(client.path, client.asks(client.tasks().getFirst(), markers, true));

      assertThat(broken.body())
          .as(fault)
          .containsOnlyOnce(client.error)
          .contains("faregate_stream_cut")
          .doesNotContain(client.end);
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void takesNoEventThatIsLargerThanItsCap(Client client) {
    var answer = stream(client, "[[sim:tokens=40; huge=17000000]]");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).hasSizeLessThan(1_000).contains("\"error\"");
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void handsOnTheErrorThatAProviderReportsInItsStreamAndAddsNone(Client client) {
    var answer = stream(client, "[[sim:tokens=40; error=5]]");

    assertThat(answer.body()).doesNotContain(client.end).doesNotContain("faregate");
    assertThat(answer.body().split("\"error\":\\{", -1)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void tellsAStatusWhenAStreamFailsBeforeItsFirstContent(Client client) {
    for (var fault : List.of("cut=1", "malformed=1", "type=text/html", "end=1")) {
      var answer = stream(client, "[[sim:tokens=40; %s]]".formatted(fault));

      assertThat(answer.statusCode()).as(fault + answer.body()).isEqualTo(502);
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void handsOnTheErrorThatAProviderReportsInPlaceOfAnyContent(Client client) {
    var answer = stream(client, "[[sim:tokens=40; error=0]]");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body()).contains("The server had an error (simulated).");
    assertThat(stored(answer).attempts())
        .isNotEmpty()
        .allSatisfy(attempt -> {
          assertThat(attempt.ending()).isEqualTo(Ending.CUT);
          assertThat(attempt.inDoubtNanoUsd()).isPositive();
        });
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void relaysWhatIsOnlyOddAsItCame(Client client) {
    for (var habit : List.of("pieces=1", "pieces=7", "huge=100000", "trailing", "usage=early")) {
      var answer = stream(client, "[[sim:tokens=9; %s]]".formatted(habit));

      assertThat(answer.statusCode()).as(habit).isEqualTo(200);
      assertThat(answer.body()).as(habit).containsOnlyOnce(client.end);
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void estimatesWhatIsMissingOrAbsurdAndKeepsTheRestInDoubt(Client client) {
    for (var usage : List.of("missing", "negative", "absurd")) {
      var call = stored(stream(client, "[[sim:tokens=9; usage=%s]]".formatted(usage)));

      assertThat(call.attempts().getLast().usageSource())
          .as(usage)
          .isNotEqualTo(UsageSource.PROVIDER);
    }
  }

  @Test
  void accountsForWhatIsBilledInEveryDialect() {
    for (var client : Client.values()) {
      for (var model : client.tasks()) {
        for (var usage :
            List.of(
                "tokens=7",
                "tokens=7; input=5000; cached=4000",
                "reasoning=30; tokens=7",
                "tokens=7; usage=cumulative",
                "tokens=7; usage=early",
                "tool=f; tool=g",
                "status=429",
                "status=500")) {
          whole(client, model, usage);
        }
      }
    }
    var marks = "tokens=7; input=9000; cached=2000; written=3000; written1h=1000";
    whole(Client.MESSAGES, "task/talk", marks);
    var vectors = "{\"model\":\"text-embedding-3-small\",\"input\":[\"one\",\"two\"]}";
    assertThat(lab.post("/embeddings", vectors).statusCode()).isEqualTo(200);
    lab.awaitQuiet();
    assertThat(lab.audit().number("unpriced_attempts")).isZero();
    lab.stopServing();

    var reconciled = Reconciled.of(data, lab.bills());
    assertThat(reconciled.differing()).isEmpty();
    assertThat(reconciled.unlisted()).isEmpty();
    assertThat(reconciled.costNanoUsd()).isEqualTo(lab.billNanoUsd());
  }

  private void whole(Client client, String model, String markers) {
    for (var streamed : List.of(true, false)) {
      var answer =
          lab.post(client.path, client.asks(model, "[[sim:%s]]".formatted(markers), streamed));
      var expected = markers.startsWith("status=") ? markers.substring(7) : "200";
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(Integer.parseInt(expected));
    }
  }

  private HttpResponse<String> stream(Client client, String text) {
    return lab.post(client.path, client.asks(client.tasks().getFirst(), text, true));
  }

  private StoredCall stored(HttpResponse<String> answer) {
    var id = answer.headers().firstValue("x-faregate-call").orElseThrow();
    return lab.ledger().call(id).orElseThrow();
  }
}
