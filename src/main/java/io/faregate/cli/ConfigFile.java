package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.ConfigReader;
import io.faregate.config.Configuration;
import io.faregate.config.Environment;
import io.faregate.config.Reading;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that names the configuration, and the file behind it.
public final class ConfigFile {
  private static final Path USUAL = Path.of("faregate.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration (faregate.yaml).")
  private @Nullable Path named;

  /// The file that the option names.
  public ConfigFile() {}

  /// A file that was asked for in another way, and so has to be there.
  ConfigFile(Path named) {
    this.named = named;
  }

  /// The file that was named, or the usual one.
  public Path path() {
    return named == null ? USUAL : named;
  }

  /// Whether a file was asked for, and not just the usual one taken.
  boolean isNamed() {
    return named != null;
  }

  /// The file with all its problems.
  public Reading reading(Outside outside) {
    return ConfigReader.read(path(), environment(outside));
  }

  /// The same, with what a file without errors hardly means.
  public Reading checked(Outside outside) {
    var today = LocalDate.ofInstant(outside.clock().instant(), ZoneOffset.UTC);
    return ConfigReader.check(path(), environment(outside), today);
  }

  /// What the file may refer to.
  public Environment environment(Outside outside) {
    var root = Environment.of(path());
    return new Environment(outside.variables(), root.root(), root.catalogue());
  }

  /// The file without errors.
  ///
  /// @throws CliException with every error, if there are any
  public Configuration configuration(Outside outside) {
    return sound(reading(outside));
  }

  /// The file without errors, for what needs no secrets: prices, plans and keys, of which it has
  /// hashes.
  ///
  /// @throws CliException with every error, if there are any
  public Configuration planned(Outside outside) {
    return sound(ConfigReader.read(path(), environment(outside).forPlanning()));
  }

  private static Configuration sound(Reading reading) {
    var configuration = reading.configuration();
    if (configuration != null) {
      return configuration;
    }
    var errors =
        reading.problems().stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .map(Problem::toString)
            .collect(Collectors.joining("\n"));
    throw new CliException(ExitCode.BAD_CONFIGURATION, errors);
  }
}
