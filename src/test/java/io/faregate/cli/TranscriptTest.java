package io.faregate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What people type and what they read. A line that begins with `$` is a command; below it stands
/// what it prints, words on standard error after `!`, and the exit code where it is not 0. `@` is
/// the folder of the transcripts.
class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/golden/cli");
  private static final String PROMPT = "$ faregate";

  @ParameterizedTest
  @MethodSource("transcripts")
  void saysWhatTheTranscriptSays(Path file) throws IOException {
    var actual = new StringBuilder();
    for (var line : Files.readString(file, UTF_8).lines().toList()) {
      if (line.startsWith(PROMPT)) {
        actual.append(line).append('\n').append(answer(line)).append('\n');
      } else if (line.matches("# \\S.*")) {
        actual.append(line).append("\n\n");
      }
    }
    Golden.check(file, actual.toString());
  }

  static List<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static String answer(String line) {
    var words = line.substring(PROMPT.length()).strip();
    var arguments =
        Arrays.stream(words.isEmpty() ? new String[0] : words.split(" "))
            .map(word -> word.replace("@", FOLDER + "/"))
            .toArray(String[]::new);
    var shell = new Shell().with("OPENAI_API_KEY", "a-key-of-the-test");
    var answer = shell.run(arguments);
    var text = new StringBuilder(answer.out());
    answer.err().lines().forEach(each -> text.append("! ").append(each).append('\n'));
    if (answer.exitCode() != 0) {
      text.append("[").append(answer.exitCode()).append("]\n");
    }
    return text.toString().replace(FOLDER + "/", "@");
  }
}
