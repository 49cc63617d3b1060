package io.faregate.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/// A log event as one line of flat JSON: time, level, logger, message, then the event's own keys,
/// with numbers as numbers. Logback's own encoder puts the keys into a list of objects and quotes
/// every number, which log stores cannot query. One thread at a time.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder line = new StringBuilder(512);
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    line.setLength(0);
    line.append("{\"time\":\"");
    time(event.getInstant());
    line.append("\",\"level\":\"").append(event.getLevel()).append('"');
    field("logger", event.getLoggerName());
    field("message", event.getFormattedMessage());
    var pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (var pair : pairs) {
        field(pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      field("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Appends a time to the microsecond. Thousands of lines have the same second.
  private void time(Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      var whole = Instant.ofEpochSecond(second).toString();
      secondText = whole.substring(0, whole.length() - 1);
    }
    line.append(secondText);
    int point = line.length();
    // The leading one keeps the zeros behind it, and is then where the point stands.
    line.append(1_000_000 + at.getLong(ChronoField.MICRO_OF_SECOND)).setCharAt(point, '.');
    line.append('Z');
  }

  private void field(String name, @Nullable Object value) {
    line.append(',');
    quote(name);
    line.append(':');
    if (value == null || value instanceof Number || value instanceof Boolean) {
      line.append(value);
    } else {
      quote(value.toString());
    }
  }

  /// Nearly all texts are plain from end to end, and appended whole.
  private void quote(String text) {
    line.append('"');
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      var letter = text.charAt(i);
      if (letter < ' ' || letter == '"' || letter == '\\') {
        line.append(text, written, i);
        escape(letter);
        written = i + 1;
      }
    }
    // A part of a text is appended letter by letter, a whole one is copied.
    (written == 0 ? line.append(text) : line.append(text, written, text.length())).append('"');
  }

  private void escape(char letter) {
    switch (letter) {
      case '"', '\\' -> line.append('\\').append(letter);
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> line.append("\\u00").append(HEX[letter >> 4]).append(HEX[letter & 15]);
    }
  }
}
