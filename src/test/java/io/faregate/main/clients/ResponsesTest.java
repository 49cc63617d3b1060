package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.ledger.AttemptEntry;
import io.faregate.main.Lab;
import io.faregate.main.clients.ToldProvider.Said;
import io.faregate.money.Usage;
import io.faregate.policy.KeyText;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OpenAI Responses and Embeddings from a client through the gateway to providers that speak the
/// same.
class ResponsesTest {
  private static final String POLICY =
      """
      providers:
        one: { api: openai, url: "@one/v1", key: ours }
        two: { api: openai, url: "@two/openai", api_version: 2025-04-01-preview, key: azures }
      models:
        one/gpt: &gpt { window: 200k, max_output: 32k, price: { input: 2, cache_read: 0.2,\
         output: 10 } }
        two/gpt: *gpt
        two/vectors: { kind: embedding, window: 8k, price: { input: 0.02 } }
      tiers: { low: { models: [one/gpt, two/gpt] } }
      tasks: { faq: { tier: low, fallback: none, because: "one tier" } }
      server: { port: 0, admin: { port: 0 } }
      """;

  private static final String ASKED = "{\"input\":\"hi\", \"model\" : \"auto\"%s}";

  private static final String ANSWER =
      """
      {"id":"resp_1","object":"response","status":"completed","model":"gpt-2026",\
      "output":[{"type":"reasoning",
      "id":"rs_1","summary":[],"encrypted_content":"c2VhbGVk"},{"type":"message","id":"msg_1",\
      "role":"assistant",
      "content":[{"type":"output_text","text":"Hé","annotations":[]}]}],"error":null,\
      "incomplete_details":null,
      "usage":{"input_tokens":20,"input_tokens_details":{"cached_tokens":12},"output_tokens":9,
      "output_tokens_details":{"reasoning_tokens":6},"total_tokens":29}}\
      """;

  private static final String STREAM =
      """
      event: response.created
      data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1",\
      "object":"response",\
      "status":"in_progress","model":"gpt-2026","error":null,"output":[],"usage":null}}

      event: response.output_item.added
      data: {"type":"response.output_item.added","sequence_number":1,"output_index":0,\
      "item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"role":"assistant"}}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","sequence_number":2,"item_id":"msg_1",\
      "delta":"Hé"}

      event: response.function_call_arguments.delta
      data: {"type":"response.function_call_arguments.delta","sequence_number":3,"item_id":"fc_1",\
      "delta":"{}"}

      event: response.completed
      data: {"type":"response.completed","sequence_number":4,"response":{"id":"resp_1",\
      "object":"response",\
      "status":"completed","model":"gpt-2026","error":null,"output":[{"type":"message",\
      "content":[]}],\
      "usage":{"input_tokens":20,"input_tokens_details":{"cached_tokens":0},"output_tokens":3,\
      "output_tokens_details":{"reasoning_tokens":0},"total_tokens":23}}}

      """;

  private static final String DOWN = "{\"error\":{\"message\":\"down\",\"code\":null}}";

  private static final String SESSION = ",\"prompt_cache_key\":\"mine\"";

  @TempDir private Path data;
  private ToldProvider one;
  private ToldProvider two;
  private Lab lab;

  @BeforeEach
  void start() {
    one = new ToldProvider(_ -> Said.json(200, ANSWER));
    two = new ToldProvider(_ -> Said.json(200, ANSWER.replace("resp_1", "resp_2")));
    lab = new Lab(data, List.of(), POLICY.replace("@one", one.url()).replace("@two", two.url()));
  }

  @AfterEach
  void stop() {
    lab.close();
    one.close();
    two.close();
  }

  @Test
  void forwardsBodyAndAnswerAsTheyCame() {
    var body = ASKED.formatted(",\"store\":false,\"include\":[\"reasoning.encrypted_content\"]");
    var answer = lab.post("/responses", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ANSWER);
    var asked = one.received().getFirst();
    assertThat(asked.address()).isEqualTo("/v1/responses");
    assertThat(asked.header("authorization")).isEqualTo("Bearer ours");
    assertThat(asked.text()).isEqualTo(body.replace("\"auto\"", "\"gpt\""));
    assertThat(attempt(answer).usage()).isEqualTo(new Usage(8, 12, 0, 0, 9, 6));
  }

  @Test
  void relaysAStreamAsItCame() {
    one.says(_ -> Said.stream(STREAM));
    var answer = ask(",\"stream\":true");

    assertThat(answer.body()).isEqualTo(STREAM);
    assertThat(attempt(answer).usage()).isEqualTo(Usage.of(20, 3));
  }

  @Test
  void turnsAStreamThatIsCutIntoAFailedResponseOfTheSameName() {
    one.says(_ -> Said.stream(STREAM.substring(0, STREAM.indexOf("event: response.completed"))));
    var broken = lab.postThatBreaks("/responses", ASKED.formatted(",\"stream\":true"));

    assertThat(broken.body())
        .doesNotContain("response.completed")
        .containsOnlyOnce("event: response.failed")
        .contains("\"sequence_number\":4,\"response\":{\"id\":\"resp_1\"")
        .contains("\"status\":\"failed\"", "\"code\":\"faregate_stream_cut\"");
  }

  @Test
  void startsAStreamAnewThatFailedBeforeItsFirstContent() {
    var failed =
        """
        event: response.failed
        data: {"type":"response.failed","sequence_number":1,"response":{"id":"resp_1",\
        "object":"response",\
        "status":"failed","error":{"code":"server_error","message":"no"}}}

        """;
    one.says(_ ->
        Said.stream(STREAM.substring(0, STREAM.indexOf("event: response.output_item")) + failed));
    two.says(_ -> Said.stream(STREAM));
    var answer = ask(",\"stream\":true");

    assertThat(answer.body()).isEqualTo(STREAM);
    assertThat(header(answer, "x-faregate-model")).isEqualTo("two/gpt");
  }

  @Test
  void asksAzureByItsOwnAddresses() {
    one.says(_ -> Said.json(500, DOWN));
    assertThat(ask("").statusCode()).isEqualTo(200);
    var asked = two.received().getFirst();
    assertThat(asked.address()).isEqualTo("/openai/responses?api-version=2025-04-01-preview");
    assertThat(asked.header("api-key")).isEqualTo("azures");
    assertThat(asked.headers().get("authorization")).isNull();
  }

  @Test
  void staysWithTheModelOfItsSessionWhileThePromptIsWarm() {
    one.says(_ -> Said.json(500, DOWN));
    assertThat(header(ask(SESSION), "x-faregate-model")).isEqualTo("two/gpt");
    one.says(_ -> Said.json(200, ANSWER));

    var next = ask(SESSION);
    assertThat(header(next, "x-faregate-model")).isEqualTo("two/gpt");
    assertThat(rules(next)).anyMatch(rule -> rule.startsWith("affinity: the session goes on with"));
    assertThat(header(ask(""), "x-faregate-model")).isEqualTo("one/gpt");
    assertThat(header(ask(SESSION.replace("mine", "other")), "x-faregate-model"))
        .isEqualTo("one/gpt");
  }

  @Test
  void goesOnFromAnAnswerOnlyWhereItIsKept() {
    one.says(_ -> Said.json(500, DOWN));
    assertThat(ask("").body()).contains("resp_2");
    one.says(_ -> Said.json(200, ANSWER));

    var going = ",\"previous_response_id\":\"resp_2\"";
    assertThat(header(ask(going), "x-faregate-model")).isEqualTo("two/gpt");
    two.says(_ -> Said.json(500, DOWN));
    var failed = ask(going);
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(one.received()).hasSize(1);
    assertThat(header(ask(",\"previous_response_id\":\"resp_9\""), "x-faregate-model"))
        .isEqualTo("one/gpt");
  }

  @Test
  void letsNoKeyGoOnFromAnAnswerThatAnotherOneGot() {
    var random = new Random(1);
    var mine = KeyText.made(random);
    var theirs = KeyText.made(random);
    var keyed =
        POLICY.replace("@one", one.url()).replace("@two", two.url())
            + "keys: [{ name: a, sha256: \"%s\" }, { name: b, sha256: \"%s\" }]"
                .formatted(mine.sha256(), theirs.sha256());
    try (var shared = new Lab(data.resolve("keyed"), List.of(), keyed)) {
      var going = ASKED.formatted(",\"previous_response_id\":\"resp_1\"");
      var first = shared.post("/responses", ASKED.formatted(""), "x-api-key", mine.reveal());
      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);

      var stolen = shared.post("/responses", going, "x-api-key", theirs.reveal());
      assertThat(stolen.statusCode()).isEqualTo(400);
      assertThat(stolen.body()).contains("previous_response_id");
      assertThat(shared.post("/responses", going, "x-api-key", mine.reveal()).statusCode())
          .isEqualTo(200);
    }
    assertThat(one.received()).hasSize(2);
  }

  @Test
  void staysAtTheProviderWhoseReasoningItHolds() {
    one.says(_ -> Said.json(500, DOWN));
    assertThat(ask(SESSION).body()).contains("resp_2");
    one.says(_ -> Said.json(200, ANSWER));
    two.says(_ -> Said.json(500, DOWN));

    var sealed =
        """
        {"model":"auto","prompt_cache_key":"mine","input":[{"type":"reasoning","id":"rs_1",\
        "summary":[],
        "encrypted_content":"c2VhbGVk"},{"role":"user","content":"go on"}]}\
        """;
    assertThat(lab.post("/responses", sealed).statusCode()).isEqualTo(500);
    assertThat(one.received()).hasSize(1);
  }

  @Test
  void refusesWhatWouldBePaidForUnseen() {
    assertThat(ask(",\"background\":true").body()).contains("background is not served");
    assertThat(lab.post("/responses/resp_1/cancel", "{}").body())
        .contains("faregate_unknown_path", "/v1/responses");
  }

  @Test
  void embedsWithTheModelThatIsNamedAndNoOther() {
    var vectors =
        """
        {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1]}],\
        "model":"vectors",
        "usage":{"prompt_tokens":3,"total_tokens":3}}\
        """;
    two.says(_ -> Said.json(200, vectors));
    var answer = lab.post("/embeddings", "{\"model\":\"vectors\",\"input\":[\"a\",\"b\"]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(vectors);
    assertThat(two.received().getFirst().address())
        .isEqualTo("/openai/deployments/vectors/embeddings?api-version=2025-04-01-preview");
    assertThat(attempt(answer).usage()).isEqualTo(Usage.of(3, 0));
    assertThat(header(answer, "x-faregate-cost-usd")).isEqualTo("0.000000060");

    two.says(_ -> Said.json(500, DOWN));
    var failed = lab.post("/embeddings", "{\"model\":\"two/vectors\",\"input\":\"a\"}");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(two.received()).hasSize(2);
    assertThat(one.received()).isEmpty();
  }

  @Test
  void refusesToChooseAModelForVectors() {
    var answer = lab.post("/embeddings", "{\"model\":\"auto\",\"input\":\"a\"}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("model_not_found", "two/vectors");
  }

  private HttpResponse<String> ask(String more) {
    return lab.post("/responses", ASKED.formatted(more));
  }

  private List<String> rules(HttpResponse<String> answer) {
    var call = lab.ledger().call(header(answer, "x-faregate-call")).orElseThrow().call();
    return call.rules().stream().map(rule -> rule.rule() + ": " + rule.why()).toList();
  }

  private AttemptEntry attempt(HttpResponse<String> answer) {
    return lab.ledger().call(header(answer, "x-faregate-call")).orElseThrow().attempts().getLast();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
