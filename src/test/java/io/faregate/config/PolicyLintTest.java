package io.faregate.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.policy.lint.Finding;
import io.faregate.policy.lint.Finding.Kind;
import io.faregate.policy.lint.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each policy under `golden/lint` and what is found in it, with its place.
class PolicyLintTest {
  private static final Path FOLDER = Path.of("src/test/golden/lint");
  private static final Set<String> CLEAN = Set.of("clean.yaml", "downgrades.yaml");
  private static final LocalDate SOON_AFTER = LocalDate.of(2026, 9, 1);
  private static final LocalDate LATER = LocalDate.of(2026, 10, 1);

  @ParameterizedTest
  @MethodSource("files")
  void tellsWhatAPolicyHardlyMeans(Path file) throws IOException {
    var name = file.getFileName().toString();

    var found = found(file, LATER);

    assertThat(found.isEmpty()).isEqualTo(CLEAN.contains(name));
    Golden.check(FOLDER.resolve(name.replace(".yaml", ".findings")), found);
  }

  @Test
  void hasACaseForEachKindOfFinding() throws IOException {
    var seen = EnumSet.noneOf(Kind.class);
    for (var file : files()) {
      var policy = Objects.requireNonNull(read(file, LATER).configuration()).policy();
      Lint.findings(policy, LATER).forEach(finding -> seen.add(finding.kind()));
    }

    assertThat(seen).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void saysNothingOfPricesThatWereCheckedLately() throws IOException {
    assertThat(found(FOLDER.resolve("old-prices.yaml"), SOON_AFTER)).isEmpty();
  }

  @Test
  void saysNothingWhileServing() throws IOException {
    for (var file : files()) {
      var reading = ConfigReader.read("faregate.yaml", Files.readString(file), environment(FOLDER));

      var policy = Objects.requireNonNull(reading.configuration()).policy();
      var findings = Lint.findings(policy, LATER).stream().map(Finding::message).toList();
      assertThat(reading.problems())
          .extracting(Problem::message)
          .filteredOn(findings::contains)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void findsNoMoreThanStyleInTheExamples(Path file) throws IOException {
    var reading = ConfigReader.check(file, environment(Path.of("examples")), SOON_AFTER);

    assertThat(reading.problems())
        .filteredOn(problem -> problem.severity() != Severity.NOTE)
        .isEmpty();
  }

  @Test
  void explainsEachKindInTheDocumentation() throws IOException {
    var page = Files.readString(Path.of("docs/lint.md"));

    assertThat(Arrays.stream(Kind.values()))
        .allSatisfy(kind -> assertThat(page).contains("| `" + kind.word() + "` |"));
  }

  /// Everything that is said of the file beyond the notes of the reader.
  private static String found(Path file, LocalDate today) throws IOException {
    return read(file, today).problems().stream()
        .map(Problem::toString)
        .filter(problem -> !problem.contains("not yet in effect"))
        .map(problem -> problem + "\n")
        .collect(joining());
  }

  private static Reading read(Path file, LocalDate today) throws IOException {
    return ConfigReader.check("faregate.yaml", Files.readString(file), environment(FOLDER), today);
  }

  private static Environment environment(Path root) {
    return new Environment(ExamplesTest.KEYS, root, Catalogue.builtIn());
  }

  static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static List<Path> examples() throws IOException {
    return SchemaTest.examples();
  }
}
