package io.faregate.dialect.translate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Translated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What OpenAI's models take in Chat where tools are offered.
class EffortWithToolsTest {
  private static final String TOOLS = ",\"tools\":[{\"name\":\"look\",\"input_schema\":{}}]";
  private static final String TOLD =
      "tools: changed, in Chat this model does not think where tools are offered";

  @ParameterizedTest
  @CsvSource({
    "gpt-5.6-terra, none",
    "ft:gpt-5.6-luna:us, none",
    "gpt-6, none",
    "gpt-5.4-mini, ''",
    "gpt-5.2, ''",
    "gpt-5.1, high",
    "gpt-5, high",
    "o4-mini, high",
    "openai/gpt-5.6-terra, high",
    "deepseek-chat, high"
  })
  void anEffortIsSentWhereTheModelTakesOneBesideTools(String model, String sent) {
    var carried = carried(model, TOOLS + ",\"output_config\":{\"effort\":\"high\"}");

    assertThat(effort(carried)).isEqualTo(sent);
    assertThat(carried.warnings().contains(TOLD)).isEqualTo(!sent.equals("high"));
  }

  @ParameterizedTest
  @CsvSource({"gpt-5.6-terra, none, true", "gpt-5.4, '', false", "gpt-5.1, '', false"})
  void aModelThatWouldThinkUnaskedIsToldNotTo(String model, String sent, boolean told) {
    var carried = carried(model, TOOLS);

    assertThat(effort(carried)).isEqualTo(sent);
    assertThat(carried.warnings().contains(TOLD)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({"gpt-5.6-terra", "gpt-5.4"})
  void withoutToolsEveryEffortIsSent(String model) {
    var carried = carried(model, ",\"output_config\":{\"effort\":\"high\"}");

    assertThat(effort(carried)).isEqualTo("high");
    assertThat(carried.warnings()).isEmpty();
  }

  private static Translated carried(String model, String more) {
    var body =
        """
        {"model":"%s","max_tokens":100,"messages":[{"role":"user","content":"hi"}]%s}\
        """
            .formatted(model, more);
    var stamp = new Translated.Stamp(true, "fg_1", 1_790_000_000L, "home", null);
    return new Translated(Protocol.MESSAGES, Api.OPENAI_CHAT, body.getBytes(UTF_8), stamp);
  }

  private static String effort(Translated carried) {
    var body = new String(carried.body(), UTF_8);
    return body.contains("reasoning_effort")
        ? body.replaceFirst(".*\"reasoning_effort\":\"([a-z]+)\".*", "$1")
        : "";
  }
}
