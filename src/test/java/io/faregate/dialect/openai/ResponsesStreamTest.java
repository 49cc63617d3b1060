package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.StreamReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// OpenAI repeats instructions, tools and format in the first two events of a response.
class ResponsesStreamTest {
  private static final int MIB = 1024 * 1024;

  private static final String DELTA =
      "data: {\"type\":\"response.output_text.delta\",\"delta\":\"hi\"}\n\n";

  @Test
  void relaysAnOpeningThatRepeatsALongRequest() {
    var instructions = "я".repeat(MIB / 2);
    var reader = reader(instructions);
    var escaped = instructions.replace("я", "\\u044f");
    var opening = event("response.created", escaped) + event("response.in_progress", escaped);

    assertThat(relay(reader, opening)).isEmpty();
    assertThat(relay(reader, DELTA)).isEqualTo(opening + DELTA);
  }

  @Test
  void refusesAnOpeningThatIsLongerThanWhatItMayRepeat() {
    var reader = reader("short");
    var event = event("response.in_progress", "x".repeat(MIB / 4));

    assertThatExceptionOfType(DialectException.class)
        .isThrownBy(() -> {
          for (int i = 0; i < 5; i++) {
            assertThat(relay(reader, event)).isEmpty();
          }
        })
        .withMessageContaining("without content");
  }

  @Test
  void takesALastEventThatLacksItsEmptyLineForAnEvent() {
    var reader = reader("short");
    var end = "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}";

    assertThat(relay(reader, DELTA + end)).isEqualTo(DELTA);
    assertThat(new String(reader.end(), UTF_8)).isEqualTo(end + "\n\n");
    assertThat(reader.answer().complete()).isTrue();
  }

  @Test
  void whateverFollowsTheEndIsNoPartOfTheAnswer() {
    var usage = "\"usage\":{\"input_tokens\":5,\"output_tokens\":1,\"total_tokens\":6}";
    var end = "data: {\"type\":\"response.completed\",\"response\":{%s}}\n\n".formatted(usage);
    var whole = DELTA + end;
    for (var data : List.of("{\"type\":\"error\",\"code\":\"server_error\"}", "{\"cut")) {
      for (var pieces : List.of(whole, whole + "data: " + data + "\n\n")) {
        var reader = reader("short");

        assertThat(relay(reader, pieces)).isEqualTo(whole);
        assertThat(relay(reader, "data: " + data + "\n\n")).isEmpty();
        assertThat(reader.answer().complete()).isTrue();
        assertThat(reader.answer().failure()).isNull();
      }
    }
  }

  private static StreamReader reader(String instructions) {
    var body =
        "{\"model\":\"m\",\"stream\":true,\"instructions\":\"%s\",\"input\":\"hi\"}"
            .formatted(instructions);
    var dialect = new OpenAiResponses();
    return dialect.stream(dialect.read(body.getBytes(UTF_8)).asked());
  }

  private static String event(String type, String instructions) {
    return "data: {\"type\":\"%s\",\"response\":{\"instructions\":\"%s\"}}\n\n"
        .formatted(type, instructions);
  }

  private static String relay(StreamReader reader, String piece) {
    return new String(reader.relay(piece.getBytes(UTF_8)), UTF_8);
  }
}
