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

  private static final String STOP = chunk("{}", ",\"finish_reason\":\"tool_calls\"");

  /// Google's interface for OpenAI's clients.
  @Test
  void callsThatShareAnIndexAndHaveIdsOfTheirOwnAreSeveral() {
    var said =
        relayed(
            call("\"index\":0,\"id\":\"call_a\"", "f", "{\\\"a\\\":1}")
                + call("\"index\":0,\"id\":\"call_b\"", "f", "{\\\"a\\\":2}")
                + STOP
                + DONE);

    assertThat(said)
        .containsSubsequence(
            "\"type\":\"tool_use\",\"id\":\"call_a\"",
            "\"partial_json\":\"{\\\"a\\\":1}\"",
            "content_block_stop",
            "\"type\":\"tool_use\",\"id\":\"call_b\"",
            "\"partial_json\":\"{\\\"a\\\":2}\"",
            "content_block_stop",
            "\"stop_reason\":\"tool_use\"");
  }

  /// Some servers make up another id for each piece of a call.
  @Test
  void anotherIdWithoutANameIsNoOtherCall() {
    var said =
        relayed(
            call("\"index\":0,\"id\":\"call_a\"", "f", "{\\\"a\\\":")
                + call("\"index\":0,\"id\":\"call_b\"", "", "1}")
                + call("\"index\":0,\"id\":\"\"", "f", " ")
                + STOP
                + DONE);

    assertThat(said).containsOnlyOnce("\"type\":\"tool_use\"").doesNotContain("call_b");
  }

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

  private static String relayed(String stream) {
    return new String(reader().relay(stream.getBytes(UTF_8)), UTF_8);
  }

  private static StreamReader reader() {
    return new Pair(Protocol.MESSAGES, Api.OPENAI_CHAT).reader();
  }

  private static String call(String names, String function, String arguments) {
    return chunk(
        "{\"tool_calls\":[{%s,\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]}"
            .formatted(names, function, arguments),
        "");
  }

  private static String chunk(String delta, String more) {
    return "data: {\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s%s}]}\n\n"
        .formatted(delta, more);
  }
}
