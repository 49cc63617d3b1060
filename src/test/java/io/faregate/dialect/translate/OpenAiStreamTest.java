package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.translate.Wire.Pair;
import io.faregate.money.Usage;
import org.junit.jupiter.api.Test;

/// Streams of those who speak like OpenAI, but for something.
class OpenAiStreamTest {
  private static final String DONE = "data: [DONE]\n\n";

  /// Moonshot.
  @Test
  void usageThatStandsInAChoiceCounts() {
    var usage =
        "{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12,\"cached_tokens\":4}";
    var reader = reader();

    assertThat(
            reader.relay(
                (chunk("{\"content\":\"hi\"}", "")
                        + chunk("{}", ",\"finish_reason\":\"stop\",\"usage\":" + usage)
                        + DONE)
                    .getBytes(UTF_8)))
        .isNotEmpty();

    assertThat(reader.answer().usage().orElseThrow().usage())
        .isEqualTo(new Usage(5, 4, 0, 0, 3, 0));
  }

  private static StreamReader reader() {
    return new Pair(Protocol.MESSAGES, Api.OPENAI_CHAT).reader();
  }

  private static String chunk(String delta, String more) {
    return "data: {\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s%s}]}\n\n"
        .formatted(delta, more);
  }
}
