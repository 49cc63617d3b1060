package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.dialect.openai.OpenAiChat;
import org.junit.jupiter.api.Test;

/// What a provider says of an answer goes into a record, which has to stay small.
class HostileAnswerTest {
  @Test
  void ofALongUsageObjectAndALongModelNameOnlyTheBeginningIsKept() {
    var noise = "x".repeat(1_000_000);
    var body =
        """
        {"model": "%s", "choices": [], "usage":
          {"prompt_tokens": 7, "completion_tokens": 5, "noise": "%s"}}
        """
            .formatted(noise, noise);

    var answer = new OpenAiChat().answer(body.getBytes(UTF_8), Asked.NOTHING);

    var usage = answer.usage().orElseThrow();
    assertThat(usage.usage().output()).isEqualTo(5);
    assertThat(usage.raw()).startsWith("{\"prompt_tokens\": 7").hasSizeLessThan(20_000);
    assertThat(answer.modelServed()).startsWith("xxx").hasSizeLessThan(1_000);
  }
}
