package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.main.Lab;
import io.faregate.main.clients.ToldProvider.Said;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An answer that came whole and that no client could use.
class UnusableAnswerTest {
  private static final String POLICY =
      """
      providers: { google: { api: gemini, url: "@google", key: ours } }
      models:
        google/gemini: { window: 200k, max_output: 32k, price: { input: 1, output: 10 } }
      tiers: { low: { models: [google/gemini] } }
      tasks: { faq: { tier: low, fallback: none, because: "one model" } }
      default_task: faq
      limits: { attempts_per_call: 1 }
      server: { port: 0, admin: { port: 0 } }
      """;

  private static final String ANSWER =
      """
      {"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}],"usageMetadata":\
      {"promptTokenCount":100,"candidatesTokenCount":20,"totalTokenCount":120}}\
      """;

  @TempDir private Path data;

  @Test
  void costsWhatItsProviderSaysAndLeavesNothingInDoubt() {
    try (var google = new ToldProvider(_ -> Said.json(200, ANSWER));
        var lab = new Lab(data, List.of(), POLICY.replace("@google", google.url()))) {
      var answer = lab.ask("hello");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
      var call = answer.headers().firstValue("x-faregate-call").orElseThrow();
      var attempt = lab.ledger().call(call).orElseThrow().attempts().getLast();
      assertThat(attempt.ending()).isEqualTo(Ending.ANSWERED);
      assertThat(attempt.costNanoUsd()).isEqualTo(300_000);
      assertThat(attempt.inDoubtNanoUsd()).isZero();
      assertThat(attempt.problem()).contains("the model broke off its answer");
    }
  }
}
