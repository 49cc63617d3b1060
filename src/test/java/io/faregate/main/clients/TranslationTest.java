package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.ledger.AttemptEntry;
import io.faregate.main.Lab;
import io.faregate.money.Money;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls of each client dialect through a whole gateway to simulated providers of other kinds.
class TranslationTest {
  private static final String OPENAI = "openai/gpt-5.4-nano";
  private static final String ANTHROPIC = "anthropic/claude-haiku-4-5";
  private static final String GOOGLE = "google/gemini-3.5-flash-lite";
  private static final String AMAZON = "amazon/amazon.nova-lite-v1:0";

  private static final String POLICY =
      """
      providers:
        openai:    { api: openai_chat, url: "@openai", key: test }
        anthropic: { api: anthropic, url: "@anthropic/..", key: test }
        google:    { api: gemini, url: "@google/../v1beta", key: test }
        amazon:    { api: bedrock, url: "@amazon/..", key: "AKIDEXAMPLE000000:secret" }
      tiers:
        low:  { models: [openai/gpt-5.4-nano, "amazon/amazon.nova-lite-v1:0"] }
        high: { models: [google/gemini-3.5-flash-lite, anthropic/claude-haiku-4-5] }
      tasks:
        faq:   { tier: low, fallback: high, because: "cheap first" }
        audio: { tier: high, because: "a place for what is refused" }
      default_task: faq
      server: { port: 0, admin: { port: 0 } }
      """;

  private static final String PAIRS =
      """
      chat, anthropic/claude-haiku-4-5
      chat, google/gemini-3.5-flash-lite
      chat, amazon/amazon.nova-lite-v1:0
      responses, openai/gpt-5.4-nano
      responses, anthropic/claude-haiku-4-5
      responses, google/gemini-3.5-flash-lite
      responses, amazon/amazon.nova-lite-v1:0
      messages, openai/gpt-5.4-nano
      messages, google/gemini-3.5-flash-lite
      messages, amazon/amazon.nova-lite-v1:0
      """;

  private static final String PROVIDERS_ID = "x-faregate-provider-request-id";

  @TempDir private Path data;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = new Lab(data, List.of("openai", "anthropic", "google", "amazon"), POLICY);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource(textBlock = PAIRS)
  void theClientReadsTheAnswerInItsOwnWordsAndTheBillIsTheProviders(String client, String model) {
    var whole = ask(client, model, false, "[[sim:say=Grüße 🌍; input=100; cached=20]]");

    assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
    assertThat(whole.body()).contains("Grüße 🌍").contains(wholeMark(client));
    assertThat(header(whole, "content-type")).isEqualTo("application/json");
    assertThat(header(whole, "x-faregate-usage-source")).isEqualTo("provider");
    assertThat(Money.parse(header(whole, "x-faregate-cost-usd")).nanoUsd())
        .isPositive()
        .isEqualTo(lab.billNanoUsd());
    assertThat(whole.body()).contains(cachedMark(client));
    assertThat(model.startsWith("google") || !header(whole, PROVIDERS_ID).isEmpty()).isTrue();

    var stream = ask(client, model, true, "[[sim:say=Grüße 🌍; tool=f; tool=f]]");

    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(header(stream, "content-type")).startsWith("text/event-stream");
    assertThat(stream.body()).contains(endMark(client)).doesNotContain("\"error\":{");
    assertThat(stream.body().split(toolMark(client), -1)).as(stream.body()).hasSize(3);
    var attempts = lab.ledger().call(header(stream, "x-faregate-call")).orElseThrow().attempts();
    assertThat(attempts).extracting(AttemptEntry::ending).containsExactly(Ending.ANSWERED);
    assertThat(audited()).isEqualTo(lab.billNanoUsd());
  }

  @ParameterizedTest
  @CsvSource(textBlock = PAIRS)
  void aCutStreamIsOneErrorAndNeverAnEnd(String client, String model) {
    var broken =
        lab.postThatBreaks(
            path(client), body(client, model, true, "[[sim:tokens=40; cut=9]] tell me"));

    assertThat(broken.body()).doesNotContain(endMark(client));
    assertThat(broken.body().split("faregate_stream_cut|the provider ended|connection", -1))
        .as(broken.body())
        .hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(textBlock = PAIRS)
  void aProvidersErrorComesInTheClientsWords(String client, String model) {
    var answer = ask(client, model, false, "[[sim:status=429; retry=7]]");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "retry-after")).isEqualTo("7");
    assertThat(answer.body())
        .contains(client.equals("messages") ? "\"rate_limit_error\"" : "\"rate_limit_exceeded\"");
  }

  @Test
  void whatIsDroppedIsToldInAHeader() {
    var answer =
        lab.chat(
            """
            {"model":"%s","seed":7,"logit_bias":{"1":2},\
            "messages":[{"role":"user","content":"hi"}]}\
            """
                .formatted(ANTHROPIC));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().allValues("x-faregate-warning"))
        .anyMatch(warning -> warning.startsWith("seed: dropped"))
        .anyMatch(warning -> warning.startsWith("logit_bias: dropped"));
  }

  @Test
  void whatCannotBeCarriedIsRefusedByNameBeforeAnythingIsSent() {
    var answer =
        lab.chat(
            """
            {"model":"%s","n":2,"messages":[{"role":"user","content":"hi"}]}\
            """
                .formatted(GOOGLE));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "x-faregate-error")).isEqualTo("faregate_unsupported");
    assertThat(answer.body()).contains("n cannot be carried to a provider of the kind gemini");
    assertThat(lab.billNanoUsd()).isZero();
  }

  @Test
  void whatOneProviderCannotTakeGoesToOneThatCan() {
    var answer =
        lab.chat(
            """
            {"model":"task/audio","n":2,"messages":[{"role":"user","content":"hi"}]}\
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(header(answer, "x-faregate-model")).isEqualTo(OPENAI);
    assertThat(header(answer, "x-faregate-reasons")).contains("unsupported");
    var id = header(answer, "x-faregate-call");
    assertThat(lab.ledger().call(id).orElseThrow().call().rules().toString())
        .contains("n cannot be carried to a provider of the kind gemini");
  }

  @Test
  void aFallbackToAnotherKindIsTranslated() {
    var answer =
        lab.chat(
            """
            {"model":"task/faq","messages":[{"role":"user",
            "content":"[[sim@openai:status=500]][[sim@amazon:status=500]] hi"}]}\
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(header(answer, "x-faregate-model")).isIn(GOOGLE, ANTHROPIC, AMAZON);
    assertThat(answer.body()).contains("chat.completion");
  }

  private HttpResponse<String> ask(String client, String model, boolean streamed, String text) {
    return lab.post(path(client), body(client, model, streamed, text));
  }

  private static String path(String client) {
    return client.equals("chat") ? "/chat/completions" : "/" + client;
  }

  private static String body(String client, String model, boolean streamed, String text) {
    var tool = "\"name\":\"f\",\"description\":\"d\"";
    var schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";
    var head = "{\"model\":\"%s\",\"stream\":%s,".formatted(model, streamed);
    return head
        + switch (client) {
          case "chat" ->
              """
              "stream_options":{"include_usage":%s},"messages":[{"role":"user","content":"%s"}],
              "tools":[{"type":"function","function":{%s,"parameters":%s}}]}\
              """
                  .formatted(streamed, text, tool, schema);
          case "responses" ->
              """
              "input":"%s","tools":[{"type":"function",%s,"parameters":%s}]}\
              """
                  .formatted(text, tool, schema);
          default ->
              """
              "max_tokens":500,"messages":[{"role":"user","content":"%s"}],
              "tools":[{%s,"input_schema":%s}]}\
              """
                  .formatted(text, tool, schema);
        };
  }

  private static String wholeMark(String client) {
    return switch (client) {
      case "chat" -> "\"finish_reason\":\"stop\"";
      case "responses" -> "\"status\":\"completed\"";
      default -> "\"stop_reason\":\"end_turn\"";
    };
  }

  private static String cachedMark(String client) {
    return client.equals("messages") ? "\"cache_read_input_tokens\":20" : "\"cached_tokens\":20";
  }

  private static String endMark(String client) {
    return switch (client) {
      case "chat" -> "data: [DONE]";
      case "responses" -> "event: response.completed";
      default -> "event: message_stop";
    };
  }

  private static String toolMark(String client) {
    return switch (client) {
      case "chat" -> "\"type\":\"function\"";
      case "responses" -> "response.function_call_arguments.done\n";
      default -> "\"type\":\"tool_use\"";
    };
  }

  private long audited() {
    return Money.parse(lab.audit().text("total_usd", "")).nanoUsd();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
