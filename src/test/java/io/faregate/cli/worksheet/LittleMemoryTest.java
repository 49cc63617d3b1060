package io.faregate.cli.worksheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.main.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LittleMemoryTest {
  private static final String ROW =
      "- { workflow: w, step: s%d, first: gpt-5.4-nano, requests: 1, input_tokens: 1,"
          + " output_tokens: 1 }";

  @TempDir private Path folder;

  @Test
  void whatNeedsMoreMemoryThanThereIsSaysSoAndWhatToDo() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "--class-path",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "worksheet",
                large().toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isEqualTo(4);
    assertThat(said.strip()).startsWith("there is too little memory for this; FAREGATE_JAVA_OPTS=");
  }

  private Path large() throws IOException {
    var rows = IntStream.range(0, 10_000).mapToObj(ROW::formatted);
    return Files.writeString(
        folder.resolve("worksheet.yaml"),
        rows.collect(Collectors.joining("\n", "routes:\n", "\n")));
  }
}
