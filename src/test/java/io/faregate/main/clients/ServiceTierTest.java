package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.audit.LimitDocument;
import io.faregate.ledger.Span;
import io.faregate.main.Lab;
import io.faregate.main.clients.ToldProvider.Said;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A limit of $0.10 a day, where the usual price of an attempt is at most $0.01 and priority ten
/// times that; of one model nobody has stated it.
class ServiceTierTest {
  private static final String POLICY =
      """
      providers: { one: { api: openai_chat, url: "@url/v1", key: ours } }
      models:
        one/stated:
          window: 100k
          max_output: 1k
          price: { input: 0, output: 10 }
          priority: { input: 0, output: 100 }
        one/unstated: { window: 100k, max_output: 1k, price: { input: 0, output: 10 } }
      tiers: { low: { models: [one/stated] }, high: { models: [one/unstated] } }
      tasks:
        stated: { tier: low, fallback: none, because: "its prices are all stated" }
        unstated: { tier: high, fallback: none, because: "the usual price is" }
      default_task: stated
      limits: { daily_budget: $0.10, when_limited: refuse }
      """;

  private static final Span ALWAYS = new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  private static final String ANSWER =
      """
      {"id":"1","object":"chat.completion","model":"m","service_tier":"%s",\
      "choices":[{"index":0,"finish_reason":"stop",\
      "message":{"role":"assistant","content":"yes"}}],\
      "usage":{"prompt_tokens":5,"completion_tokens":1000,"total_tokens":1005}}\
      """;

  @TempDir private Path data;
  private ToldProvider provider;
  private Lab lab;

  @BeforeEach
  void start() {
    provider = new ToldProvider(_ -> Said.json(200, ANSWER.formatted("default")));
    lab = new Lab(data, List.of(), POLICY.replace("@url", provider.url()));
  }

  @AfterEach
  void stop() {
    lab.close();
    provider.close();
  }

  @Test
  void isHeldAtItsOwnPriceWhereThatIsDearer() {
    assertThat(ask("stated", ",\"service_tier\":\"default\"").statusCode()).isEqualTo(200);

    // Of ten cents one is spent, and at this tier the attempt may cost ten. Both words ask for it.
    for (var word : List.of("priority", "fast")) {
      var refused = ask("stated", ",\"service_tier\":\"" + word + "\"");

      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(refused.body()).contains("may cost up to $0.1");
    }
  }

  @Test
  void isRefusedUnderALimitWhereNobodyHasStatedItsPrice() {
    var refused = ask("unstated", ",\"service_tier\":\"priority\"");

    assertThat(refused.statusCode()).isEqualTo(402);
    assertThat(refused.body()).contains("faregate_unpriced_model", "service tier");
    assertThat(ask("unstated", ",\"service_tier\":\"auto\"").statusCode()).isEqualTo(200);
  }

  @Test
  void leavesWhatWasHeldInDoubtWhereItServesUnaskedAndHasNoPrice() {
    provider.says(_ -> Said.json(200, ANSWER.formatted("priority")));

    for (int i = 0; i < 10; i++) {
      assertThat(ask("unstated", "").statusCode()).isEqualTo(200);
    }

    assertThat(ask("unstated", "").statusCode()).isEqualTo(402);
    // Whoever wants to free the limit finds each of them, though its usage was reported.
    assertThat(LimitDocument.inDoubt(lab.ledger(), ALWAYS).list("attempts")).hasSize(10);
  }

  private HttpResponse<String> ask(String task, String more) {
    return lab.chat(
        """
        {"model":"auto","max_tokens":1000,"metadata":{"faregate_task":"%s"},\
        "messages":[{"role":"user","content":"yes?"}]%s}\
        """
            .formatted(task, more));
  }
}
