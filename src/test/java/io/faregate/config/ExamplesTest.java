package io.faregate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  static final Map<String, String> KEYS =
      Map.of(
          "OPENAI_API_KEY", "k1",
          "ANTHROPIC_API_KEY", "k2",
          "DEEPSEEK_API_KEY", "k3",
          "MISTRAL_API_KEY", "k4",
          "MISTRAL_API_KEY_2", "k5");

  @ParameterizedTest
  @MethodSource("examples")
  void readsEachExampleWithoutErrorsOrWarnings(Path file) {
    var reading = read(file);

    assertThat(reading.problems())
        .filteredOn(problem -> problem.severity() != Severity.NOTE)
        .isEmpty();
    assertThat(reading.configuration()).isNotNull();
  }

  @Test
  void needsAtMostTenLinesForAFirstCall() throws IOException {
    var file = Path.of("examples/minimal.yaml");

    assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(10);
    assertThat(read(file).problems()).map(Problem::toString).isEmpty();
  }

  static List<Path> examples() throws IOException {
    return SchemaTest.examples();
  }

  static Reading read(Path file) {
    return ConfigReader.read(file, new Environment(KEYS, Path.of("examples"), Catalogue.builtIn()));
  }
}
