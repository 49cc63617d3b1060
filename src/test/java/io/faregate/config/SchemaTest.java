package io.faregate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.config.yaml.Problems;
import io.faregate.config.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The schema that editors use says the same as the reader, as far as a schema can.
class SchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDialect(Dialects.getDraft202012())
          .getSchema(ConfigReader.schema(), InputFormat.JSON);

  /// What is wrong with these files only the reader can see: names and files that are not there,
  /// numbers that belong together, what YAML itself forbids, a file without keys, and what is fine
  /// but not yet in effect.
  private static final Set<String> BEYOND_A_SCHEMA =
      Set.of("duplicates", "syntax", "tabs", "tags", "one-word", "not-yet");

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsEveryExample(Path file) throws IOException {
    assertThat(complaints(file)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatTheReaderRefuses(Path file) throws IOException {
    assertThat(complaints(file)).isNotEmpty();
  }

  /// The bounds themselves, and what is just beyond them.
  @ParameterizedTest
  @CsvSource({
    "journal, force, 1m, 61s",
    "journal, force, 60s, 1h",
    "journal, force, 0.5m, 100000ms",
    "limits, deadline, 1d, 2d",
    "limits, attempt_timeout, 24h, 100h",
    "limits, idle, 86400s, 100000000000d",
    "store, keep, 36500d, 1000000d",
  })
  void boundsTimesAsTheReaderDoes(String section, String key, String most, String beyond) {
    var text =
        """
        providers: { p: { api: openai, url: "http://localhost:1/v1" } }
        tiers: { low: { models: [p/m] } }
        %s: { %s: %s }
        """;

    assertThat(complaints(text.formatted(section, key, most))).isEmpty();
    assertThat(complaints(text.formatted(section, key, beyond))).isNotEmpty();
    assertThat(errors(text.formatted(section, key, most))).isEmpty();
    assertThat(errors(text.formatted(section, key, beyond)))
        .singleElement()
        .asString()
        .contains(
            "is \"%s\", which is not a duration in whole milliseconds up to ".formatted(beyond));
  }

  private static List<String> errors(String text) {
    var environment = new Environment(Map.of(), Path.of("nowhere"), Catalogue.EMPTY);
    return ConfigReader.read("faregate.yaml", text, environment).problems().stream()
        .filter(problem -> problem.severity() == Severity.ERROR)
        .map(Problem::message)
        .toList();
  }

  static List<Path> examples() throws IOException {
    try (var files = Files.list(Path.of("examples"))) {
      return files.filter(SchemaTest::isPolicy).sorted().toList();
    }
  }

  static Stream<Path> broken() throws IOException {
    return ConfigGoldenTest.files().stream()
        .filter(
            file -> !BEYOND_A_SCHEMA.contains(file.getFileName().toString().replace(".yaml", "")));
  }

  static boolean isPolicy(Path file) {
    var name = file.getFileName().toString();
    return name.endsWith(".yaml") && !name.startsWith("worksheet");
  }

  private static List<String> complaints(Path file) throws IOException {
    return complaints(Files.readString(file));
  }

  private static List<String> complaints(String text) {
    var problems = new Problems("faregate.yaml");
    var json = YamlTree.read(text, problems).orElseThrow().item().json();
    return SCHEMA.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
