package io.faregate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonLinesTest {
  private final JsonLines lines = new JsonLines();

  private String line(Instant at, String message, KeyValuePair... pairs) {
    var event = new LoggingEvent();
    event.setInstant(at);
    event.setLevel(Level.INFO);
    event.setLoggerName("calls");
    event.setMessage(message);
    event.setKeyValuePairs(List.of(pairs));
    return new String(lines.encode(event), UTF_8);
  }

  @Test
  void tellsTheTimeToTheMicrosecondInSecondsOldAndNew() {
    var times =
        List.of(
            "2026-11-27T23:59:59.999999Z",
            "2026-11-27T23:59:59.000000Z",
            "2026-11-28T00:00:00.000042Z",
            "2026-11-27T23:59:59.120000Z");

    for (var time : times) {
      assertThat(line(Instant.parse(time), "ended"))
          .isEqualTo(
              "{\"time\":\"%s\",\"level\":\"INFO\",\"logger\":\"calls\",\"message\":\"ended\"}\n"
                  .formatted(time));
    }
  }

  @Test
  void keepsNumbersAsNumbersAndEscapesWhatWouldEndAText() {
    var line =
        line(
            Instant.EPOCH,
            "a \"b\"\n",
            new KeyValuePair("cost", 12L),
            new KeyValuePair("streamed", true),
            new KeyValuePair("model", null),
            new KeyValuePair("path", "c:\\d\u0001"));

    assertThat(line)
        .endsWith(
            "\"message\":\"a \\\"b\\\"\\n\",\"cost\":12,\"streamed\":true,\"model\":null,"
                + "\"path\":\"c:\\\\d\\u0001\"}\n");
  }
}
