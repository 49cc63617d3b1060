package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTextTest {
  private static final String EVENT =
      """
      {"choices":[{"index":0,"delta":{"content":"a \\"b\\" {","reasoning_content":"hm"}}]}\
      """;

  private final WrittenText texts = new WrittenText("content", "arguments");

  @Test
  void countsTheBytesOfEachTextInAnEvent() {
    assertThat(count(EVENT)).isEqualTo("a \\\"b\\\" {".length() + "hm".length());
  }

  @Test
  void findsNothingInAnEventThatIsCutAnywhere() {
    for (int end = 0; end < EVENT.length(); end++) {
      assertThat(count(EVENT.substring(0, end))).as("cut at %d", end).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":\"a\"}}",
        "{\"content\":\"a\"}{\"content\":\"b\"}",
        "{{\"content\":\"a\"}",
        "{\"content\":\"a\\\"}"
      })
  void findsNothingInWhatIsNoObject(String data) {
    assertThat(count(data)).isZero();
  }

  private int count(String data) {
    var event = ("data: " + data + "\n\n").getBytes(UTF_8);
    return texts.count(Objects.requireNonNull(SseText.of(event, 0, event.length)));
  }
}
