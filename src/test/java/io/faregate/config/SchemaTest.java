package io.faregate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.faregate.config.yaml.Problems;
import io.faregate.config.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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
    var problems = new Problems(file.toString());
    var json = YamlTree.read(Files.readString(file), problems).orElseThrow().item().json();
    return SCHEMA.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
