package io.faregate.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.money.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MessagesStreamTest {
  private static final String DELTA =
      """
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}

      """;

  @Test
  @Timeout(20)
  void remembersOfALongUsageNoMoreThanItsBeginning() {
    var noise = "x".repeat(4 * 1024 * 1024);
    var reader = new MessagesStream(false);
    var delta = "{\"type\":\"message_delta\",\"usage\":%s}";

    assertThat(reader.relay(DELTA.getBytes(UTF_8))).isNotEmpty();
    assertThat(reader.relay(event(delta.formatted(usage(1, noise))))).isNotEmpty();
    assertThat(reader.relay(event(delta.formatted(usage(2, noise))))).isNotEmpty();
    for (int i = 0; i < 10_000; i++) {
      assertThat(reader.relay(DELTA.getBytes(UTF_8))).isNotEmpty();
      assertThat(reader.answer().usage().orElseThrow().usage()).isEqualTo(Usage.of(7, 2));
    }
  }

  @Test
  void takesALastEventThatLacksItsEmptyLineForAnEvent() {
    var reader = new MessagesStream(false);
    var end = "event: message_stop\ndata: {\"type\":\"message_stop\"}";

    assertThat(new String(reader.relay((DELTA + end).getBytes(UTF_8)), UTF_8)).isEqualTo(DELTA);
    assertThat(new String(reader.end(), UTF_8)).isEqualTo(end + "\n\n");
    assertThat(reader.answer().complete()).isTrue();
  }

  @Test
  void whateverFollowsTheEndIsNoPartOfTheAnswer() {
    var usage = "data: {\"type\":\"message_delta\",\"usage\":%s}\n\n".formatted(usage(2, ""));
    var whole = DELTA + usage + "data: {\"type\":\"message_stop\"}\n\n";
    for (var data : List.of("{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}", "{\"cut")) {
      for (var pieces : List.of(whole, whole + "data: " + data + "\n\n")) {
        var reader = new MessagesStream(false);

        assertThat(new String(reader.relay(pieces.getBytes(UTF_8)), UTF_8)).isEqualTo(whole);
        assertThat(reader.relay(event(data))).isEmpty();
        assertThat(reader.answer().complete()).isTrue();
        assertThat(reader.answer().failure()).isNull();
      }
    }
  }

  private static String usage(int output, String noise) {
    return "{\"input_tokens\":7,\"output_tokens\":%d,\"noise\":\"%s\"}".formatted(output, noise);
  }

  private static byte[] event(String data) {
    return ("data: " + data + "\n\n").getBytes(UTF_8);
  }
}
