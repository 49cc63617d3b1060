package io.faregate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.Golden;
import io.faregate.admin.SampleServer;
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
/// the folder of the transcripts, `http://sample.test` the admin port of a server with the sample
/// calls and limits.
class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/golden/cli");
  private static final String SAMPLE = "http://sample.test";
  private static final String PROMPT = "$ faregate";

  @ParameterizedTest
  @MethodSource("transcripts")
  void saysWhatTheTranscriptSays(Path file) throws IOException {
    var actual = new StringBuilder();
    try (var server = new SampleServer()) {
      transcribe(file, server, actual);
    }
    Golden.check(file, actual.toString());
  }

  private static void transcribe(Path file, SampleServer server, StringBuilder actual)
      throws IOException {
    for (var line : Files.readString(file, UTF_8).lines().toList()) {
      if (line.startsWith(PROMPT)) {
        actual.append(line).append('\n').append(answer(line, server)).append('\n');
      } else if (line.matches("# \\S.*")) {
        actual.append(line).append("\n\n");
      }
    }
  }

  static List<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static String answer(String line, SampleServer server) {
    var words = line.substring(PROMPT.length()).strip();
    var arguments =
        Arrays.stream(words.isEmpty() ? new String[0] : words.split(" "))
            .map(word -> word.replace("@", FOLDER + "/").replace(SAMPLE, server.url()))
            .toArray(String[]::new);
    var shell = new Shell().with("OPENAI_API_KEY", "a-key-of-the-test");
    var answer = shell.run(arguments);
    var text = new StringBuilder(answer.out());
    answer.err().lines().forEach(each -> text.append("! ").append(each).append('\n'));
    if (answer.exitCode() != 0) {
      text.append("[").append(answer.exitCode()).append("]\n");
    }
    return text.toString().replace(FOLDER + "/", "@").replace(server.url(), SAMPLE);
  }
}
