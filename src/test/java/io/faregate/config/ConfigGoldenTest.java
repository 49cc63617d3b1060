package io.faregate.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file under `golden/config` and all that is said about it.
class ConfigGoldenTest {
  private static final Path FOLDER = Path.of("src/test/golden/config");

  @ParameterizedTest
  @MethodSource("files")
  void tellsEveryProblemWithItsPlaceAndWhatToDo(Path file) throws IOException {
    var environment =
        new Environment(
            Map.of(
                "OPENAI_API_KEY",
                "k1",
                "ANTHROPIC_API_KEY",
                "k2",
                "EMPTY",
                "",
                "TWO_LINES",
                "k3\nk4"),
            FOLDER,
            Catalogue.builtIn());

    var reading = ConfigReader.read("faregate.yaml", Files.readString(file), environment);

    var problems =
        reading.problems().stream().map(Problem::toString).collect(joining("\n", "", "\n"));
    assertThat(problems).doesNotContain("this-is-a");
    Golden.check(
        FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".problems")), problems);
  }

  static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
