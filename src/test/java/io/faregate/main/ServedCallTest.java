package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.ledger.AttemptEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedCallTest {
  @TempDir private Path data;

  @Test
  void servesARecordedAndPricedCall() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var answer =
          lab.chat("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

      assertThat(answer.statusCode()).isEqualTo(200);
      var id = answer.headers().firstValue("x-faregate-call").orElseThrow();
      var stored = lab.ledger().call(id).orElseThrow();
      assertThat(stored.attempts())
          .extracting(AttemptEntry::ending)
          .containsExactly(Ending.ANSWERED);
      assertThat(stored.call().costNanoUsd()).isPositive().isEqualTo(lab.billNanoUsd());
    }
  }

  @Test
  void refusesANameThatIsTooLongToBeOne() {
    var body =
        """
        {"model":"auto","metadata":{"faregate_plan":"%s"},\
        "messages":[{"role":"user","content":"hello"}]}\
        """;
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var refused = lab.chat(body.formatted("x".repeat(17 << 20)));

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("x-faregate-plan has 17825792 characters");
      assertThat(lab.chat(body.formatted("x".repeat(128))).body()).contains("there is no plan");
    }
  }

  @Test
  void countsTheCallsThatAClientHasTriedBefore() {
    var body = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      for (var tries : List.of("0", "1", "2", "never", "")) {
        assertThat(lab.chat(body, "x-stainless-retry-count", tries).statusCode()).isEqualTo(200);
      }
      lab.awaitQuiet();

      assertThat(Lab.get(lab.adminUrl() + "/metrics").body())
          .contains("faregate_calls_total 5", "faregate_client_repeats_total 2");
    }
  }
}
