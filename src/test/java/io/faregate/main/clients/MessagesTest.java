package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.ledger.AttemptEntry;
import io.faregate.main.Lab;
import io.faregate.main.clients.ToldProvider.Said;
import io.faregate.money.Usage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Anthropic Messages from a client through the gateway to a provider that speaks the same.
class MessagesTest {
  private static final String POLICY =
      """
      providers:
        claude: { api: anthropic, url: "@claude", key: ours }
      models:
        claude/opus: { window: 200k, max_output: 32k, price: { input: 5, cache_read: 0.5,\
         cache_write_5m: 6.25,
          cache_write_1h: 10, output: 25 } }
      tiers: { low: { models: [claude/opus] } }
      tasks: { faq: { tier: low, fallback: none, because: "one model" } }
      aliases: { "claude-*": task/faq }
      server: { port: 0, admin: { port: 0 } }
      """;

  private static final String ASKED =
      """
      {"model":"claude-opus-5","max_tokens":1000, "messages":[{"role":"user","content":"hi"}]%s}\
      """;

  private static final String ANSWER =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"opus","content":[{"type":"text",\
      "text":"Hé"}],
      "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":10,\
      "cache_read_input_tokens":7,
      "cache_creation_input_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":3,\
      "ephemeral_1h_input_tokens":2},
      "output_tokens":4,"service_tier":"standard"}}\
      """;

  private static final String STREAM =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
      "model":"opus",\
      "content":[],"stop_reason":null,"usage":{"input_tokens":10,"output_tokens":1}}}

      event: ping
      data: {"type":"ping"}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking",\
      "thinking":"","signature":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta",\
      "thinking":"hm"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta",\
      "signature":"c2ln"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: content_block_start
      data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t",\
      "name":"f","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta",\
      "partial_json":"{\\"a\\":1}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":1}

      event: new_kind
      data: {"type":"new_kind","of":["event"]}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  @TempDir private Path data;
  private ToldProvider claude;
  private Lab lab;

  @BeforeEach
  void start() {
    claude = new ToldProvider(_ -> Said.json(200, ANSWER));
    lab = new Lab(data, List.of(), POLICY.replace("@claude", claude.url()));
  }

  @AfterEach
  void stop() {
    lab.close();
    claude.close();
  }

  @Test
  void forwardsBodyAndOpenHeadersAndKeepsTheClientsKey() {
    var body = ASKED.formatted(",\"context_management\":{\"edits\":[]},\"new\":[1.0e3]");
    var answer =
        lab.post(
            "/messages?beta=true",
            body,
            "anthropic-version",
            "2023-06-01",
            "anthropic-beta",
            "a-1,b-2",
            "anthropic-new",
            "x",
            "x-api-key",
            "theirs");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ANSWER);
    var asked = claude.received().getFirst();
    assertThat(asked.address()).isEqualTo("/v1/messages?beta=true");
    assertThat(asked.text()).isEqualTo(body.replace("claude-opus-5", "opus"));
    assertThat(asked.header("anthropic-beta")).isEqualTo("a-1,b-2");
    assertThat(asked.header("anthropic-new")).isEqualTo("x");
    assertThat(asked.headers().get("x-api-key")).containsExactly("ours");
    assertThat(asked.headers().get("authorization")).isNull();
    assertThat(header(answer, "request-id")).isEqualTo("req_upstream");
    assertThat(header(answer, "x-faregate-provider-request-id")).isEqualTo("req_upstream");
  }

  @Test
  void namesAVersionForAClientThatDoesNot() {
    assertThat(ask("").statusCode()).isEqualTo(200);
    assertThat(claude.received().getFirst().header("anthropic-version")).isEqualTo("2023-06-01");
  }

  @Test
  void countsUsageByKindAndPricesIt() {
    var answer = ask("");

    var attempt = attempt(answer);
    assertThat(attempt.usage()).isEqualTo(new Usage(10, 7, 3, 2, 4, 0));
    assertThat(attempt.usageReported()).contains("\"ephemeral_1h_input_tokens\":2");
    assertThat(header(answer, "x-faregate-cost-usd")).isEqualTo("0.000192250");
  }

  @Test
  void hasNoPriceForWhatOtherModelsDidForACall() {
    var advised = ",\"iterations\":[{\"type\":\"advisor_message\",\"input_tokens\":500000}]}}";
    claude.says(_ -> Said.json(200, ANSWER.replace("}}", advised)));
    var answer = ask("");

    var attempt = attempt(answer);
    assertThat(attempt.usage()).isEqualTo(new Usage(10, 7, 3, 2, 4, 0));
    assertThat(attempt.costNanoUsd()).isNull();
    assertThat(attempt.inDoubtNanoUsd()).isEqualTo(attempt.holdNanoUsd()).isPositive();
  }

  @Test
  void isRefusedUnderALimitWhereItMayLeadToOtherModels() {
    lab.close();
    lab =
        new Lab(
            data,
            List.of(),
            POLICY.replace("@claude", claude.url()) + "limits: { daily_budget: $9 }\n");

    var refused = ask(",\"fallbacks\":[{\"model\":\"claude-opus-4-8\"}]");

    assertThat(refused.statusCode()).isEqualTo(402);
    assertThat(refused.body()).contains("faregate_unbounded_cost");
    assertThat(claude.received()).isEmpty();
    assertThat(ask("").statusCode()).isEqualTo(200);
  }

  @Test
  void relaysAStreamAsItCameAndCountsItsLastUsage() {
    claude.says(_ -> Said.stream(STREAM));
    var answer = ask(",\"stream\":true");

    assertThat(answer.body()).isEqualTo(STREAM);
    assertThat(header(answer, "content-type")).startsWith("text/event-stream");
    assertThat(attempt(answer).usage()).isEqualTo(Usage.of(10, 9));
  }

  @Test
  void turnsAStreamThatIsCutIntoOneErrorOfTheDialect() {
    claude.says(_ -> Said.stream(STREAM.substring(0, STREAM.indexOf("event: message_delta"))));
    var broken = lab.postThatBreaks("/messages", ASKED.formatted(",\"stream\":true"));

    var end = broken.body().substring(broken.body().lastIndexOf("event: "));
    assertThat(end)
        .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
        .contains("faregate_stream_cut", "\"request_id\":\"call_")
        .endsWith("}\n\n");
    assertThat(broken.body()).doesNotContain("message_stop").containsOnlyOnce("event: error");
  }

  @Test
  void handsAnErrorOfTheProviderOnAsItIs() {
    var error =
        """
        {"type":"error","error":{"type":"invalid_request_error","message":"no"},"request_id":"r"}\
        """;
    claude.says(_ -> Said.json(400, error));
    var answer = ask("");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(error);
    assertThat(attempt(answer).ending()).isEqualTo(Ending.REFUSED);
  }

  @Test
  void triesAgainWhenTheProviderIsOverloaded() {
    var overloaded =
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"later\"}}";
    var first = new AtomicBoolean(true);
    claude.says(_ -> first.getAndSet(false) ? Said.json(529, overloaded) : Said.json(200, ANSWER));

    var answer = ask("");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "x-faregate-attempts")).isEqualTo("2");
  }

  @Test
  void refusesABodyInTheWordsOfTheDialect() {
    var answer = lab.post("/messages", "{\"model\":\"auto\",\"messages\":[]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"")
        .contains("faregate_bad_request");
    assertThat(claude.received()).isEmpty();
  }

  @Test
  void countsTokensWhereTheCallWouldGo() {
    claude.says(_ -> Said.json(200, "{\"input_tokens\":42}"));
    var body = "{\"model\":\"claude-x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    var answer = lab.post("/messages/count_tokens?beta=true", body);

    assertThat(answer.body()).isEqualTo("{\"input_tokens\":42}");
    assertThat(header(answer, "x-faregate-usage-source")).isEqualTo("provider");
    var asked = claude.received().getFirst();
    assertThat(asked.address()).isEqualTo("/v1/messages/count_tokens?beta=true");
    assertThat(asked.text()).isEqualTo(body.replace("claude-x", "opus"));
  }

  @Test
  void estimatesTokensWhenTheProviderDoesNotSay() {
    claude.says(_ -> Said.json(500, "{}"));
    var answer =
        lab.post(
            "/messages/count_tokens",
            "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted("word ".repeat(100)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "x-faregate-usage-source")).isEqualTo("estimated");
    assertThat(answer.body()).matches("\\{\"input_tokens\":1[0-9]{2}}");
  }

  @Test
  void servesAnAddressWithV1TwiceAndSaysSo() {
    var answer = lab.post("/v1/messages", ASKED.formatted(""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "x-faregate-warning")).contains("/v1 twice");
    assertThat(header(lab.post("/v1/message", "{}"), "x-faregate-warning")).contains("/v1 twice");
  }

  @Test
  void stopsAtALimitWithoutAskingTheProviderAnything() {
    var limited = POLICY.replace("@claude", claude.url()) + "limits: { monthly_budget: $0.000001 }";
    var codex = limited.replace("port: 0, admin", "port: 0, refusal_status: { codex: 400 }, admin");
    try (var poor = new Lab(data.resolve("poor"), List.of(), codex)) {
      var call = poor.post("/messages", ASKED.formatted(""));
      assertThat(call.statusCode()).isEqualTo(402);
      assertThat(call.body())
          .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"billing_error\"")
          .contains("faregate_budget_exceeded");
      assertThat(header(call, "x-should-retry")).isEqualTo("false");
      assertThat(call.headers().firstValue("retry-after")).isEmpty();

      var count = poor.post("/messages/count_tokens", ASKED.formatted(""));
      assertThat(count.statusCode()).isEqualTo(402);
      var told = poor.post("/messages", ASKED.formatted(""), "originator", "codex_cli_rs");
      assertThat(told.statusCode()).isEqualTo(400);
      assertThat(told.body()).contains("faregate_budget_exceeded");
    }
    assertThat(claude.received()).isEmpty();
  }

  @Test
  void listsModelsInTheShapeOfEachClient() {
    var request = HttpRequest.newBuilder(URI.create(lab.url() + "/models?limit=1000"));
    var openAi = Lab.send(request.copy().build()).body();
    var anthropic = Lab.send(request.copy().header("anthropic-version", "2023-06-01").build());

    assertThat(openAi).startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"auto\"");
    assertThat(anthropic.body())
        .startsWith("{\"data\":[{\"type\":\"model\",\"id\":\"auto\"")
        .contains("\"display_name\":\"claude/opus\"", "\"has_more\":false");
  }

  @Test
  void findsAModelByItsNameAsClientsEncodeItAndNamesTheNearest() {
    var found = model("claude%2Fopus");
    var unknown = model("claude%2Fopsu");
    var posted = lab.post("/models", "{}");

    assertThat(found.body()).startsWith("{\"id\":\"claude/opus\"");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body())
        .contains("there is no model \\\"claude/opsu\\\"; nearest: claude/opus; GET /v1/models");
    assertThat(posted.statusCode()).isEqualTo(405);
  }

  @Test
  void givesTheIdOfARequestBackWithEveryAnswer() {
    for (var path : List.of("/messages", "/messages/count_tokens")) {
      var body = ASKED.formatted("");
      assertThat(header(lab.post(path, body, "x-request-id", "mine"), "x-request-id"))
          .isEqualTo("mine");
      var long200 = lab.post(path, body, "x-request-id", "x".repeat(200));
      assertThat(header(long200, "x-request-id")).startsWith("call_");
    }
    var unknown =
        lab.post(
            "/messages",
            ASKED.replace("claude-opus-5", "nobody").formatted(""),
            "x-request-id",
            "mine");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(header(unknown, "x-request-id")).isEqualTo("mine");
  }

  private HttpResponse<String> model(String name) {
    return Lab.send(HttpRequest.newBuilder(URI.create(lab.url() + "/models/" + name)).build());
  }

  @Test
  void namesTheNearestAddressInTheWordsOfTheClient() {
    var doubled = lab.post("/messages/v1/messages", ASKED.formatted(""));
    assertThat(doubled.statusCode()).isEqualTo(404);
    assertThat(doubled.body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"")
        .contains("a whole address is set as the base URL");
    var unknown = lab.post("/audio/speech", "{}");
    assertThat(unknown.body())
        .startsWith("{\"error\":{\"message\":\"/v1/audio/speech is not served here")
        .contains("/v1/responses", "faregate_unknown_path");
  }

  private HttpResponse<String> ask(String more) {
    return lab.post("/messages", ASKED.formatted(more));
  }

  private AttemptEntry attempt(HttpResponse<String> answer) {
    return lab.ledger().call(header(answer, "x-faregate-call")).orElseThrow().attempts().getLast();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
