package io.faregate.dialect.translate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Translated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How OpenAI's models are asked in the name of a client of Messages.
class ResponsesOrChatTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource({
    "gpt-5.4, 100, /responses",
    "gpt-5, 16, /responses",
    "gpt-6, 100, /responses",
    "ft:gpt-5.6-luna:us, 100, /responses",
    "o4-mini, 100, /responses",
    "gpt-5.4, 15, /chat/completions",
    "gpt-4.1, 100, /chat/completions",
    "gpt-5.1-chat-latest, 100, /chat/completions",
    "gpt-oss-120b, 100, /chat/completions",
    "openai/gpt-5.4, 100, /chat/completions",
    "deepseek-chat, 100, /chat/completions"
  })
  void modelsThatThinkAreAskedInResponses(String model, int most, String path) {
    assertThat(carried(model, most, "").path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.6-terra, max, max",
    "gpt-6, max, max",
    "gpt-5.4, max, xhigh",
    "gpt-5.2-codex, xhigh, xhigh",
    "gpt-5.1-codex-max, max, xhigh",
    "gpt-5.1, xhigh, high",
    "gpt-5.1-codex, max, high",
    "gpt-5-mini, max, high",
    "o3, xhigh, high",
    "gpt-5-mini, low, low"
  })
  void anEffortIsTheMostThatTheModelTakes(String model, String asked, String sent) {
    var carried = carried(model, 100, ",\"output_config\":{\"effort\":\"%s\"}".formatted(asked));

    assertThat(effort(carried)).isEqualTo(sent);
    var told = "effort: changed, the most that this model takes is " + sent;
    assertThat(carried.warnings().contains(told)).isEqualTo(!asked.equals(sent));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.4, adaptive, medium, true",
    "gpt-5.4, disabled, none, false",
    "gpt-5.6-sol, disabled, none, false",
    "gpt-5, disabled, '', true",
    "gpt-5.2-codex, disabled, '', true",
    "gpt-5.4-pro, disabled, '', true",
    "gpt-6, disabled, '', true"
  })
  void aModelThinksAsItIsTold(String model, String type, String sent, boolean told) {
    var carried = carried(model, 100, ",\"thinking\":{\"type\":\"%s\"}".formatted(type));

    assertThat(effort(carried)).isEqualTo(sent);
    assertThat(carried.warnings().isEmpty()).isEqualTo(!told);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void aFunctionIsAsStrictAsItsClientSays(boolean said, boolean sent) {
    var carried =
        carried(
            "gpt-5.4",
            100,
            ",\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"strict\":%s}]".formatted(said));

    assertThat(body(carried).path("tools").path(0).path("strict").asBoolean()).isEqualTo(sent);
  }

  private static Translated carried(String model, int most, String more) {
    var body =
        """
        {"model":"%s","max_tokens":%d,"messages":[{"role":"user","content":"hi"}]%s}\
        """
            .formatted(model, most, more);
    var stamp = new Translated.Stamp(true, "fg_1", 1_790_000_000L, "home", null);
    return new Translated(Protocol.MESSAGES, Api.OPENAI, body.getBytes(UTF_8), stamp);
  }

  private static String effort(Translated carried) {
    return body(carried).path("reasoning").path("effort").asString("");
  }

  private static JsonNode body(Translated carried) {
    return JSON.readTree(carried.body());
  }
}
