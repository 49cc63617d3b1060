package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event: a~data: {\"b\":1}~id: 7~~|' {\"b\":1}'",
        "data: {~: a comment~data:  \"b\":~event: c~data:1}~~|' {~  \"b\":~1}'",
        "data:~data:~data:~~|'~~'",
        "data:a~data~data:b|'a~b'",
      })
  void joinsTheLinesThatHaveTheFieldAndNoOthers(String event, String data) {
    assertThat(data(event.replace("~", "\n"))).isEqualTo(data.replace("~", "\n"));
    assertThat(data(event.replace("~", "\r\n"))).isEqualTo(data.replace("~", "\n"));
  }

  @Test
  void findsNothingInAComment() {
    assertThat(SseText.of(": data: 1\n\n".getBytes(UTF_8), 0, 11)).isNull();
  }

  @Test
  @Timeout(10)
  void readsAnEventOfManyEmptyLinesInTimeThatGrowsWithItsLengthOnly() {
    int lines = 4 * 1024 * 1024 / "data:\n".length();

    assertThat(data("data:\n".repeat(lines))).hasSize(lines - 1);
  }

  private static String data(String event) {
    var bytes = event.getBytes(UTF_8);
    var data = Objects.requireNonNull(SseText.of(bytes, 0, bytes.length));
    return new String(data.bytes(), data.from(), data.length(), UTF_8);
  }
}
