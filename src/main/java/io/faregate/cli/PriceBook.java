package io.faregate.cli;

import io.faregate.call.ModelId;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.ConfigReader;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.prices.OverrideFile;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problems;
import io.faregate.config.yaml.ValueText;
import io.faregate.money.PriceList;
import io.faregate.policy.Model;
import io.faregate.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say which prices are meant, and those prices: the built-in catalogue, the file
/// that is laid over it, and the configuration over both.
public final class PriceBook {
  @Mixin private final ConfigFile config;

  @Option(
      names = {"--on", "--date"},
      paramLabel = "DAY",
      description = "The UTC day whose prices to show, like 2026-08-21 (today).")
  private @Nullable String date;

  /// What the options say.
  public PriceBook() {
    this(new ConfigFile(), null);
  }

  private PriceBook(ConfigFile config, @Nullable String date) {
    this.config = config;
    this.date = date;
  }

  /// The same day under another configuration.
  public PriceBook under(Path configuration) {
    return new PriceBook(new ConfigFile(configuration), date);
  }

  /// All models and prices that are known.
  public record Known(Map<ModelId, Model> models, PriceList prices) {}

  /// The models and prices of catalogue, file and configuration.
  ///
  /// @throws CliException if one of them has errors
  public Known known(Outside outside) {
    var catalogue = catalogue(outside);
    if (!config.isNamed() && !Files.exists(config.path())) {
      return new Known(catalogue.models(), catalogue.prices());
    }
    var policy = config.planned(outside).policy();
    var models = new HashMap<>(catalogue.models());
    models.putAll(policy.models());
    return new Known(models, catalogue.prices().with(policy.prices().all()));
  }

  /// The file that is laid over the built-in catalogue, there or not.
  ///
  /// @throws CliException if it has errors
  public OverrideFile override(Outside outside) {
    var path = ConfigReader.prices(config.path(), config.environment(outside));
    var problems = new Problems(shown(path));
    return OverrideFile.read(path, problems)
        .orElseThrow(() ->
            new CliException(
                ExitCode.BAD_CONFIGURATION,
                problems.all().stream().map(Problem::toString).collect(Collectors.joining("\n"))));
  }

  /// The built-in catalogue with that file over it.
  private Catalogue catalogue(Outside outside) {
    return Catalogue.builtIn().with(override(outside).catalogue());
  }

  /// A path as people would write it from here.
  public static String shown(Path path) {
    var here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  /// The policy of the configuration; empty when there is no file.
  ///
  /// @throws CliException if it has errors
  public Optional<Policy> policy(Outside outside) {
    if (!config.isNamed() && !Files.exists(config.path())) {
      return Optional.empty();
    }
    return Optional.of(config.planned(outside).policy());
  }

  /// The day whose prices are asked for.
  public LocalDate day(Outside outside) {
    return date == null ? today(outside) : day("--on", date);
  }

  /// The day on which that is asked.
  public static LocalDate today(Outside outside) {
    return LocalDate.ofInstant(outside.clock().instant(), ZoneOffset.UTC);
  }

  /// The day that an option names.
  public static LocalDate day(String option, String text) {
    return ValueText.date(text)
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "%s %s is not a day; write it like 2026-08-21".formatted(option, text)));
  }
}
