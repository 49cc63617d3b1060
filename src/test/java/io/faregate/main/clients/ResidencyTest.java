package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.ledger.AttemptEntry;
import io.faregate.main.Lab;
import io.faregate.main.clients.ToldProvider.Said;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model of Anthropic's, of which an answer costs $0.01 anywhere and a tenth more in the US.
class ResidencyTest {
  private static final String POLICY =
      """
      providers: { one: { api: anthropic, url: "@url", key: ours } }
      models: { one/model: { window: 100k, max_output: 1k, price: { input: 0, output: 10 } } }
      tiers: { low: { models: [one/model] } }
      tasks: { chat: { tier: low, fallback: none, because: "there is but one" } }
      """;

  private static final String ANSWER =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"model","stop_reason":"end_turn",\
      "content":[{"type":"text","text":"yes"}],\
      "usage":{"input_tokens":5,"output_tokens":1000,"inference_geo":"%s"}}\
      """;

  private static final long CENT = 10_000_000;

  @TempDir private Path data;
  private ToldProvider provider;
  private Lab lab;

  @BeforeEach
  void start() {
    provider = new ToldProvider(_ -> Said.json(200, ANSWER.formatted("us")));
    lab = lab("");
  }

  @AfterEach
  void stop() {
    lab.close();
    provider.close();
  }

  @Test
  void costsATenthMoreWhereAnAnswerComesFromTheUnitedStates() {
    // A workspace can have it as its default, so it need not be asked for.
    var attempt = attempt(ask(""));

    assertThat(attempt.costNanoUsd()).isEqualTo(CENT * 11 / 10);
    assertThat(attempt.sku().region()).isEqualTo("us");
    assertThat(attempt.priceSource()).endsWith("a tenth more in the US");
  }

  @Test
  void costsTheSameForAClientThatSpeaksChat() {
    var answer =
        lab.chat(
            """
            {"model":"auto","max_tokens":1000,"messages":[{"role":"user","content":"yes?"}]}\
            """);

    assertThat(attempt(answer).costNanoUsd()).isEqualTo(CENT * 11 / 10);
  }

  @Test
  void costsTheUsualPriceAnywhereElse() {
    for (var geo : List.of("global", "not_available")) {
      provider.says(_ -> Said.json(200, ANSWER.formatted(geo)));

      var attempt = attempt(ask(""));

      assertThat(attempt.costNanoUsd()).isEqualTo(CENT);
      assertThat(attempt.sku().region()).isNull();
    }
  }

  @Test
  void isUnpricedInAPlaceOfWhichNobodyKnowsThePrice() {
    provider.says(_ -> Said.json(200, ANSWER.formatted("moon")));

    var attempt = attempt(ask(""));

    assertThat(attempt.costNanoUsd()).isNull();
    assertThat(attempt.sku().region()).isEqualTo("elsewhere");
    assertThat(attempt.inDoubtNanoUsd()).isEqualTo(CENT);
  }

  @Test
  void isHeldAtThePriceOfThePlaceThatIsAskedFor() {
    lab.close();
    lab = lab("limits: { daily_budget: $0.0105, when_limited: refuse }\n");

    var refused = ask(",\"inference_geo\":\"us\"");

    assertThat(refused.statusCode()).isEqualTo(402);
    assertThat(refused.body()).contains("may cost up to $0.011");
    assertThat(ask(",\"inference_geo\":\"moon\"").body()).contains("faregate_unpriced_model");
    provider.says(_ -> Said.json(200, ANSWER.formatted("global")));
    assertThat(ask(",\"inference_geo\":\"global\"").statusCode()).isEqualTo(200);
  }

  private Lab lab(String more) {
    return new Lab(data, List.of(), POLICY.replace("@url", provider.url()) + more);
  }

  private AttemptEntry attempt(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    var call = answer.headers().firstValue("x-faregate-call").orElseThrow();
    return lab.ledger().call(call).orElseThrow().attempts().getFirst();
  }

  private HttpResponse<String> ask(String more) {
    return lab.post(
        "/messages",
        """
        {"model":"auto","max_tokens":1000,"messages":[{"role":"user","content":"yes?"}]%s}\
        """
            .formatted(more));
  }
}
