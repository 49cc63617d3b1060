package io.faregate.config.worksheet;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file under `golden/worksheet` and all that is said about it, beside the support policy.
class WorksheetGoldenTest {
  private static final Path FOLDER = Path.of("src/test/golden/worksheet");
  private static final Map<String, String> KEYS =
      Map.of("OPENAI_API_KEY", "k1", "ANTHROPIC_API_KEY", "k2");

  @ParameterizedTest
  @MethodSource("files")
  void tellsEveryProblemWithItsPlaceAndWhatToDo(Path file) throws IOException {
    var example = Path.of("examples/support.yaml");
    var environment = new Environment(KEYS, Path.of("examples"), Catalogue.builtIn());
    var policy =
        Objects.requireNonNull(ConfigReader.read(example, environment).configuration()).policy();
    var ground = new Ground(policy, Worksheets.prices());

    var reading = WorksheetReader.read("worksheet.yaml", Files.readString(file), ground);

    Golden.check(
        FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".problems")),
        reading.problems().stream().map(Problem::toString).collect(joining("\n", "", "\n")));
  }

  @Test
  void isBoundedInRowsAndSize() {
    var text = new StringBuilder("routes:\n");
    for (int i = 0; i <= 10_000; i++) {
      text.append("  - { workflow: a, step: s").append(i).append(", first: openai/gpt-5.6-luna, ");
      text.append("requests: 1, input_tokens: 1, output_tokens: 1 }\n");
    }

    assertThat(Worksheets.reading(text.toString()).problems())
        .anySatisfy(
            problem -> assertThat(problem.message()).contains("10,001 rows are more than 10,000"));
    assertThat(Worksheets.reading("#".repeat(9 << 20)).problems())
        .anySatisfy(problem -> assertThat(problem.toString()).contains("at most 10,000 rows"));
  }

  static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
