package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedTest {
  @ParameterizedTest
  @CsvSource({"-2147483648, true", "2147483647, true", "2147483648, false"})
  void geminiGetsASeedThatItTakes(long seed, boolean taken) {
    var carried =
        new Pair(Protocol.CHAT, Api.GEMINI)
            .carry(
                """
                {"model":"m","messages":[{"role":"user","content":"hi"}],"seed":%d}\
                """
                    .formatted(seed));

    assertThat(new String(carried.body(), UTF_8).contains("\"seed\":" + seed)).isEqualTo(taken);
    assertThat(carried.warnings().contains("seed: dropped, it takes one of 32 bits"))
        .isNotEqualTo(taken);
  }
}
