package io.faregate.cli;

import io.faregate.call.ModelId;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.Configuration;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.ValueText;
import io.faregate.money.PriceList;
import io.faregate.policy.Model;
import io.faregate.policy.Policy;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say which prices are meant, and those prices: the built-in catalogue with the
/// configuration laid over it, if there is one.
public final class PriceBook {
  @Mixin private final ConfigFile config = new ConfigFile();

  @Option(
      names = "--date",
      paramLabel = "DAY",
      description = "The UTC day whose prices to show, like 2026-08-21 (today).")
  private @Nullable String date;

  /// All models and prices that are known.
  public record Known(Map<ModelId, Model> models, PriceList prices) {}

  /// The models and prices of catalogue and configuration.
  public Known known(Outside outside) {
    var builtIn = Catalogue.builtIn();
    if (!config.isNamed() && !Files.exists(config.path())) {
      return new Known(builtIn.models(), builtIn.prices());
    }
    var configuration = config.reading(outside).configuration();
    if (configuration == null) {
      outside
          .terminal()
          .note(
              "%s has errors (see `faregate check`), so these are the built-in prices alone"
                  .formatted(config.path()));
      return new Known(builtIn.models(), builtIn.prices());
    }
    var policy = configuration.policy();
    var models = new HashMap<>(builtIn.models());
    models.putAll(policy.models());
    return new Known(models, builtIn.prices().with(policy.prices().all()));
  }

  /// The policy of the configuration; empty when there is no file, or one with errors.
  public Optional<Policy> policy(Outside outside) {
    if (!config.isNamed() && !Files.exists(config.path())) {
      return Optional.empty();
    }
    return Optional.ofNullable(config.reading(outside).configuration())
        .map(Configuration::policy);
  }

  /// The day whose prices are asked for.
  public LocalDate day(Outside outside) {
    if (date == null) {
      return LocalDate.ofInstant(outside.clock().instant(), ZoneOffset.UTC);
    }
    return ValueText.date(date)
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "--date %s is not a day; write it like 2026-08-21".formatted(date)));
  }
}
