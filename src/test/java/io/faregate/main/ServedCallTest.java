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
}
