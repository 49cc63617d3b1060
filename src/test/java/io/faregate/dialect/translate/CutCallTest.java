package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.Carriage.Carried;
import io.faregate.dialect.translate.Wire.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole answer in which the arguments of a call are no JSON object, as at an output limit.
class CutCallTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CUT = "{\"city\":\"Par";

  @Test
  void aResponseIsIncompleteAndHasTheArgumentsAsFarAsTheyCame() {
    var response = body(carried(Protocol.RESPONSES, "length"));

    assertThat(response.path("status").asString()).isEqualTo("incomplete");
    assertThat(response.path("incomplete_details").path("reason").asString())
        .isEqualTo("max_output_tokens");
    assertThat(response.path("output").findValuesAsString("arguments")).contains(CUT);
    assertThat(response.path("usage").path("output_tokens").asInt()).isEqualTo(90);
  }

  /// Small models write broken arguments and call the answer complete.
  @ParameterizedTest
  @ValueSource(strings = {"length", "tool_calls", "stop"})
  void aMessageEndsAtItsLimitAndItsCallHasNoInput(String finish) {
    var message = body(carried(Protocol.MESSAGES, finish));

    assertThat(message.path("stop_reason").asString()).isEqualTo("max_tokens");
    assertThat(message.path("content").findValues("input").getFirst()).isEmpty();
    assertThat(message.path("usage").path("output_tokens").asInt()).isEqualTo(90);
  }

  @Test
  void theUsageIsTheProviders() {
    var usage = carried(Protocol.MESSAGES, "length").answer().usage().orElseThrow().usage();

    assertThat(usage.output()).isEqualTo(90);
    assertThat(usage.inputTotal()).isEqualTo(300);
  }

  private static Carried carried(Protocol client, String finish) {
    var pair = new Pair(client, Api.OPENAI_CHAT);
    var answer =
        new String(pair.answer(), UTF_8)
            .replace("{\\\"city\\\":\\\"Paris\\\",\\\"day\\\":1.50}", "{\\\"city\\\":\\\"Par")
            .replace("\"finish_reason\": \"tool_calls\"", "\"finish_reason\": \"" + finish + "\"");
    return pair.carry(pair.request()).answer(answer.getBytes(UTF_8));
  }

  private static JsonNode body(Carried carried) {
    return JSON.readTree(carried.body());
  }
}
