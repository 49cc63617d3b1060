package io.faregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Compares text with a file below `src/test/golden/`. With `-Dgolden.write` the file is written
/// instead, for review.
public final class Golden {
  /// Maven gives a property without a value, as in `-Dgolden.write`, the value `true`.
  private static final boolean WRITE = "true".equals(System.getProperty("golden.write"));

  private static final String ARROW = "->";

  private Golden() {}

  /// Fails, with the differing lines, unless the file holds the text.
  public static void check(Path expectedFile, String actual) {
    try {
      compare(expectedFile, actual);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + expectedFile, unreadable);
    }
  }

  private static void compare(Path expectedFile, String actual) throws IOException {
    if (WRITE) {
      Files.createDirectories(expectedFile.toAbsolutePath().getParent());
      Files.writeString(expectedFile, actual, UTF_8);
      return;
    }
    var expected = Files.exists(expectedFile) ? Files.readString(expectedFile, UTF_8) : "";
    assertThat(diff(expected.lines().toList(), actual.lines().toList()))
        .as("%s (- expected, + actual; -Dgolden.write accepts it)", expectedFile)
        .isEmpty();
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

  /// The lines that only one side has, by the longest common subsequence of both.
  private static List<String> diff(List<String> expected, List<String> actual) {
    var common = new int[expected.size() + 1][actual.size() + 1];
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = actual.size() - 1; j >= 0; j--) {
        common[i][j] =
            expected.get(i).equals(actual.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var diff = new ArrayList<String>();
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < actual.size()) {
      if (i < expected.size() && j < actual.size() && expected.get(i).equals(actual.get(j))) {
        i++;
        j++;
      } else if (j == actual.size()
          || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
        diff.add("- " + expected.get(i++));
      } else {
        diff.add("+ " + actual.get(j++));
      }
    }
    return diff;
  }
}
