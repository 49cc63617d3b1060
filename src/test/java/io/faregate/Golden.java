package io.faregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Compares text with a file below `src/test/golden/`. With `-Dgolden.write` the file is written
/// instead, for review.
public final class Golden {
  private static final String ARROW = "->";

  private Golden() {}

  /// Checks that the file holds the text.
  public static void check(Path expectedFile, String actual) {
    try {
      if ("true".equals(System.getProperty("golden.write"))) {
        Files.createDirectories(expectedFile.toAbsolutePath().getParent());
        Files.writeString(expectedFile, actual);
      }
      assertThat(actual).as(expectedFile.toString()).isEqualTo(Files.readString(expectedFile));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + expectedFile, unreadable);
    }
  }

  /// Checks a table whose lines are questions, each with its answer after an arrow, or with several
  /// lines of answer below it. Empty lines and those that begin with `#` are for people.
  ///
  /// @param answer to a line; empty for one that has none, such as a given
  public static void checkTable(Path file, UnaryOperator<String> answer) {
    try {
      var actual = new StringBuilder();
      for (var line : Files.readString(file, UTF_8).lines().toList()) {
        if (!line.stripLeading().startsWith(ARROW)) {
          answer(line, answer, actual);
        }
      }
      check(file, actual.toString());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  private static void answer(String line, UnaryOperator<String> answer, StringBuilder actual) {
    int arrow = line.indexOf(ARROW);
    var question = arrow < 0 ? line : line.substring(0, arrow);
    var answered =
        question.isBlank() || question.startsWith("#") ? "" : answer.apply(question.strip());
    if (arrow >= 0 && !question.startsWith("#")) {
      actual.append(question).append(ARROW).append(' ').append(answered).append('\n');
      return;
    }
    actual.append(line).append('\n');
    answered.lines().forEach(each -> actual.append("  -> ").append(each).append('\n'));
  }
}
