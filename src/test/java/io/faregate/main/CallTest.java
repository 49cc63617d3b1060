package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.ledger.AttemptEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallTest {
  private static final String POLICY =
      """
      providers:
        alpha: { api: openai, url: "@alpha", key: test }
        beta:  { api: openai, url: "@beta", key: test }
      tiers:
        low:      { models: [alpha/gpt-5.4-mini, beta/gpt-5.4-mini] }
        balanced: { models: [beta/gpt-5.4] }
      tasks:
        faq: { tier: low, fallback: balanced, because: "cheap first" }


      """;

  @TempDir private Path data;

  @Test
  void servesARecordedAndPricedCall() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), POLICY)) {
      var answer =
          lab.chat("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

      assertThat(answer.statusCode()).isEqualTo(200);
      System.out.println(answer.headers().map());
      System.out.println(answer.body());
      var id = answer.headers().firstValue("x-faregate-call").orElseThrow();
      var stored = lab.ledger().call(id).orElseThrow();
      System.out.println(stored);
      assertThat(stored.attempts())
          .extracting(AttemptEntry::ending)
          .containsExactly(Ending.ANSWERED);
      assertThat(stored.call().costNanoUsd()).isEqualTo(lab.billNanoUsd());
    }
  }
}
