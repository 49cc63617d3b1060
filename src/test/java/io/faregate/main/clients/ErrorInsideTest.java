package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.StoredCall;
import io.faregate.main.Lab;
import io.faregate.main.clients.ToldProvider.Said;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An error that a provider tells with status 200, in a stream or whole, before any content means
/// what it means as an answer of its own.
class ErrorInsideTest {
  private static final String POLICY =
      """
      providers:
        gpt: { api: openai, url: "@told/v1", key: ours }
        claude: { api: anthropic, url: "@told", key: ours }
      models:
        gpt/small: &small { window: 200k, max_output: 8k, price: { input: 1, output: 10 } }
        gpt/large: &large { window: 1M, max_output: 8k, price: { input: 1, output: 10 } }
        claude/small: *small
        claude/large: *large
      tiers:
        gpt:          { models: [gpt/small] }
        gpt-wide:     { models: [gpt/large] }
        claude:       { models: [claude/small] }
        claude-wide:  { models: [claude/large] }
      tasks:
        gpt:    { tier: gpt, fallback: gpt-wide, because: "it is wider" }
        claude: { tier: claude, fallback: claude-wide, because: "it is wider" }
      default_task: gpt
      server: { port: 0, admin: { port: 0 } }
      """;

  /// A client, its provider, and how that one tells an error and an answer.
  enum Way {
    CHAT("/chat/completions", "gpt", true),
    RESPONSES("/responses", "gpt", true),
    MESSAGES("/messages", "claude", true),
    TRANSLATED("/chat/completions", "claude", true),
    WHOLE_CHAT("/chat/completions", "gpt", false),
    WHOLE_RESPONSES("/responses", "gpt", false),
    WHOLE_MESSAGES("/messages", "claude", false),
    WHOLE_TRANSLATED("/chat/completions", "claude", false);

    private final String path;
    private final String task;
    private final boolean streamed;

    Way(String path, String task, boolean streamed) {
      this.path = path;
      this.task = task;
      this.streamed = streamed;
    }

    Said says(String text) {
      return streamed ? Said.stream(text) : Said.json(200, text);
    }

    private boolean responses() {
      return path.equals("/responses");
    }

    /// An error, by OpenAI's code and Anthropic's type.
    String error(String code, String type, String message) {
      if (task.equals("claude")) {
        var error =
            "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
                .formatted(type, message);
        return streamed ? event(error) : error;
      }
      var error = "{\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, message);
      if (!responses()) {
        var body = "{\"error\":" + error + "}";
        return streamed ? event(body) : body;
      }
      var failed =
          "{\"object\":\"response\",\"status\":\"failed\",\"error\":%s,\"output\":[]}"
              .formatted(error);
      return streamed
          ? event("{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\"}}")
              + event("{\"type\":\"response.failed\",\"response\":%s}".formatted(failed))
          : failed;
    }

    private String answer() {
      return streamed ? events() : whole();
    }

    private String whole() {
      if (task.equals("claude")) {
        return """
        {"type":"message","id":"m","model":"m","content":[{"type":"text","text":"hi"}],\
        "stop_reason":"end_turn","usage":{"input_tokens":5,"output_tokens":1}}\
        """;
      }
      var usage = "\"usage\":{\"input_tokens\":5,\"output_tokens\":1,\"total_tokens\":6}";
      return responses()
          ? "{\"object\":\"response\",\"status\":\"completed\",\"output\":[],%s}".formatted(usage)
          : "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}],%s}"
              .formatted(usage);
    }

    private String events() {
      if (task.equals("claude")) {
        return event("{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"m\"}}")
            + event(
                """
                {"type":"content_block_delta","delta":{"type":"text_delta","text":"hi"}}\
                """)
            + event(
                """
                {"type":"message_delta","delta":{"stop_reason":"end_turn"},\
                "usage":{"input_tokens":5,"output_tokens":1}}\
                """)
            + event("{\"type\":\"message_stop\"}");
      }
      var usage = "\"usage\":{\"input_tokens\":5,\"output_tokens\":1,\"total_tokens\":6}";
      return responses()
          ? event("{\"type\":\"response.output_text.delta\",\"delta\":\"hi\"}")
              + event("{\"type\":\"response.completed\",\"response\":{%s}}".formatted(usage))
          : event("{\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}")
              + event("{\"choices\":[],%s}".formatted(usage))
              + event("[DONE]");
    }

    private static String event(String text) {
      return "data: " + text + "\n\n";
    }
  }

  @TempDir private Path data;
  private ToldProvider told;
  private Lab lab;

  @BeforeEach
  void start() {
    told = new ToldProvider(_ -> Said.json(500, "{}"));
    lab = new Lab(data, List.of(), POLICY.replace("@told", told.url()));
  }

  @AfterEach
  void stop() {
    lab.close();
    told.close();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anInputThatIsTooLongGoesOnceToALargerWindow(Way way) {
    smallModelSays(
        way, way.error("context_length_exceeded", "invalid_request_error", "prompt is too long"));

    var answer = ask(way);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(told.received()).hasSize(2);
    var call = stored(answer);
    assertThat(endings(call)).containsExactly(Ending.REFUSED, Ending.ANSWERED);
    assertThat(call.call().inDoubtNanoUsd()).isZero();
    assertThat(answer.headers().firstValue("x-faregate-reasons")).contains("long_context");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anAccountWithoutMoneyIsOursToMend(Way way) {
    told.says(_ -> way.says(way.error("insufficient_quota", "billing_error", "no more money")));

    var answer = ask(way);

    assertThat(answer.statusCode()).isEqualTo(402);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body()).contains("no more money").doesNotContain("faregate");
    assertThat(endings(stored(answer))).containsOnly(Ending.REFUSED);
    assertThat(lab.metrics())
        .containsPattern("faregate_alerts_total\\{[^}]*provider_refuses_us[^}]*} [1-9]");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aMistakeOfTheClientGoesStraightBackAndTellsNothingOfTheModel(Way way) {
    for (int i = 0; i < 12; i++) {
      told.says(_ -> way.says(way.error("invalid_prompt", "invalid_request_error", "not so")));

      var answer = ask(way);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("not so");
      assertThat(told.received()).hasSize(1);
      // What was written unseen before it, nobody knows.
      assertThat(endings(stored(answer))).containsExactly(Ending.CUT);
    }

    smallModelSays(way, way.answer());
    var answer = ask(way);

    assertThat(answer.headers().firstValue("x-faregate-model").orElseThrow()).endsWith("small");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aRateLimitIsOne(Way way) {
    told.says(_ -> way.says(way.error("rate_limit_exceeded", "rate_limit_error", "slowly")));

    var answer = ask(way);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("slowly");
    assertThat(stored(answer).call().inDoubtNanoUsd()).isZero();
    assertThat(answer.headers().firstValue("x-faregate-reasons")).contains("rate_limited");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anErrorThatMayPassIsTriedAgainAndHandedOnAtLast(Way way) {
    told.says(_ -> way.says(way.error("server_error", "api_error", "it broke")));

    var answer = ask(way);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("it broke");
    assertThat(told.received().size()).isGreaterThan(1);
    assertThat(endings(stored(answer))).containsOnly(Ending.CUT);
    assertThat(stored(answer).call().inDoubtNanoUsd()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT", "WHOLE_CHAT"})
  void aFilterThatStopsTheInputBillsIt(Way way) {
    told.says(_ -> way.says(way.error("content_filter", "", "filtered")));

    var answer = ask(way);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(told.received()).hasSize(1);
    assertThat(endings(stored(answer))).containsExactly(Ending.REFUSED_BILLED);
    assertThat(stored(answer).call().costNanoUsd()).isPositive();
  }

  @Test
  void anErrorThatIsTheEventItselfIsOne() {
    var event =
        "data: {\"type\":\"error\",\"code\":\"context_length_exceeded\",\"param\":\"input\"}";
    smallModelSays(Way.RESPONSES, event + "\n\n");

    assertThat(ask(Way.RESPONSES).statusCode()).isEqualTo(200);
    assertThat(told.received()).hasSize(2);
  }

  @Test
  void anErrorBesideItsUsageCostsWhatItSays() {
    var usage = "\"usage\":{\"input_tokens\":5,\"output_tokens\":1,\"total_tokens\":6}";
    told.says(_ ->
        Said.json(200, "{\"error\":{\"code\":429,\"message\":\"slowly\"},%s}".formatted(usage)));

    var answer = ask(Way.WHOLE_CHAT);

    assertThat(answer.statusCode()).isEqualTo(429);
    var attempt = stored(answer).attempts().getFirst();
    assertThat(attempt.ending()).isEqualTo(Ending.ANSWERED);
    assertThat(attempt.costNanoUsd()).isEqualTo(15_000);
    assertThat(attempt.inDoubtNanoUsd()).isZero();
  }

  @Test
  void anErrorBesideWhatAModelWroteReleasesNothing() {
    var written = "\"choices\":[{\"message\":{\"content\":\"hi\"}}]";
    told.says(_ ->
        Said.json(200, "{\"error\":{\"code\":429,\"message\":\"slowly\"},%s}".formatted(written)));

    var answer = ask(Way.WHOLE_CHAT);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(stored(answer).call().inDoubtNanoUsd()).isPositive();
  }

  private void smallModelSays(Way way, String text) {
    told.says(request -> way.says(request.text().contains("\"small\"") ? text : way.answer()));
  }

  private HttpResponse<String> ask(Way way) {
    var body =
        way.responses()
            ? "\"input\":\"hello\""
            : "\"max_tokens\":900,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    return lab.post(
        way.path,
        "{\"model\":\"task/%s\",\"stream\":%s,%s}".formatted(way.task, way.streamed, body));
  }

  private StoredCall stored(HttpResponse<String> answer) {
    var id = answer.headers().firstValue("x-faregate-call").orElseThrow();
    return lab.ledger().call(id).orElseThrow();
  }

  private static List<Ending> endings(StoredCall call) {
    return call.attempts().stream().map(AttemptEntry::ending).toList();
  }
}
