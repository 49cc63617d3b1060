package io.faregate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log of a process of its own, since what is closed here is its standard output.
final class LineAppenderTest {
  @TempDir private Path folder;

  @Test
  void linesThatAClosedStandardOutputDoesNotTakeAreCounted() throws Exception {
    var process = talker("System.out");
    process.getInputStream().close();
    process.getOutputStream().close();

    assertThat(process.waitFor()).isEqualTo(Talker.LINES);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndItsLinesGoToStandardOutput() throws Exception {
    var file = folder.resolve("none").resolve("x.log").toString();
    var process = talker(file);
    process.getOutputStream().close();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).lines())
        .hasSize(Talker.LINES)
        .allMatch(line -> line.contains("\"message\":\"ended\""));
    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8).lines())
        .singleElement()
        .asString()
        .contains(file, "log lines go to standard output", "faregate.log.target");
    assertThat(process.waitFor()).isZero();
  }

  private static Process talker(String target) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--class-path",
            System.getProperty("java.class.path"),
            Talker.class.getName(),
            target)
        .start();
  }

  /// Logs some lines to a target once its input ends; its exit code is how many were dropped.
  static final class Talker {
    static final int LINES = 3;

    private Talker() {}

    public static void main(String[] arguments) throws IOException {
      var _ = System.in.readAllBytes();
      var appender = new LineAppender();
      appender.setEncoder(new JsonLines());
      appender.setTarget(arguments[0]);
      appender.start();
      for (int i = 0; i < LINES; i++) {
        var event = new LoggingEvent();
        event.setInstant(Instant.EPOCH);
        event.setLevel(Level.INFO);
        event.setLoggerName("calls");
        event.setMessage("ended");
        event.setKeyValuePairs(List.of());
        appender.doAppend(event);
      }
      appender.stop();
      System.exit((int) LineAppender.dropped());
    }
  }
}
