package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import org.junit.jupiter.api.Test;

class AnthropicEndTest {
  private static final String STREAM =
      """
      data: {"type":"message_start","message":{"id":"msg_1","model":"m"}}

      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}

      data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}

      data: {"type":"message_delta","delta":{},"usage":{"input_tokens":7,"output_tokens":2}}

      data: {"type":"message_stop"}

      """;

  @Test
  void aSecondDeltaOfTheMessageLeavesTheReasonForItsEndAsItIs() {
    var reader = new Pair(Protocol.CHAT, Api.ANTHROPIC).reader();

    var relayed = new String(reader.relay(STREAM.getBytes(UTF_8)), UTF_8);

    assertThat(relayed).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
    assertThat(reader.answer().complete()).isTrue();
    assertThat(reader.answer().usage().orElseThrow().usage().output()).isEqualTo(2);
  }

  @Test
  void aLastEventThatLacksItsEmptyLineIsAnEvent() {
    var reader = new Pair(Protocol.CHAT, Api.ANTHROPIC).reader();

    assertThat(reader.relay(STREAM.stripTrailing().getBytes(UTF_8))).isNotEmpty();
    assertThat(reader.answer().complete()).isFalse();

    assertThat(new String(reader.end(), UTF_8)).endsWith("data: [DONE]\n\n");
    assertThat(reader.answer().complete()).isTrue();
  }
}
