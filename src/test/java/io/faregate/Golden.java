package io.faregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Compares text with a file under `src/test/golden`, which `-Dgolden.write` rewrites for review.
public final class Golden {
  /// Maven gives a property without a value, as in `-Dgolden.write`, the value `true`.
  private static final boolean WRITE = "true".equals(System.getProperty("golden.write"));

  private Golden() {}

  /// Fails, with the differing lines, unless the file holds the text.
  public static void check(Path expectedFile, String actual) throws IOException {
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
