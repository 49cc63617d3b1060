package io.faregate.cli.prices;

import io.faregate.call.ModelId;
import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.prices.ListFormat;
import io.faregate.config.prices.PriceSnapshot;
import io.faregate.config.prices.SnapshotReader;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problems;
import io.faregate.policy.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedCollection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how published lists are read and which of their models count.
final class ListFiles {
  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "litellm, models.dev, genai-prices or openrouter (told by the file).")
  private @Nullable String from;

  @Option(
      names = "--seen",
      paramLabel = "DAY",
      description = "The day on which the lists were fetched (the day of each file).")
  private @Nullable String seen;

  @Option(
      names = "--vendor",
      paramLabel = "V",
      description = "Only the models of this vendor; repeatable.")
  private List<String> vendors = new ArrayList<>();

  @Option(names = "--model", paramLabel = "V/M", description = "Only this model; repeatable.")
  private List<String> models = new ArrayList<>();

  /// Whether the model was asked for.
  boolean wants(ModelId model) {
    return isWhole() || vendors.contains(model.provider()) || models.contains(model.toString());
  }

  /// Whether what a list says of that model was asked for.
  boolean concerns(String model) {
    return isWhole()
        || models.contains(model)
        || vendors.stream().anyMatch(v -> model.startsWith(v + "/"));
  }

  /// Whether every model was asked for.
  boolean isWhole() {
    return vendors.isEmpty() && models.isEmpty();
  }

  /// Refuses a vendor of whom there is no model, and a model that there is not.
  ///
  /// @param all that are looked at
  void requireKnown(Stream<ModelId> all) {
    var known = all.distinct().toList();
    var knownVendors =
        known.stream().map(ModelId::provider).collect(Collectors.toCollection(TreeSet::new));
    for (var vendor : vendors) {
      if (!knownVendors.contains(vendor)) {
        throw noModelOf(vendor, knownVendors);
      }
    }
    var names = known.stream().map(ModelId::toString).sorted().toList();
    for (var model : models) {
      if (!names.contains(model)) {
        throw noModel(model, names);
      }
    }
  }

  private static CliException noModel(String model, List<String> names) {
    var ofVendors = names.stream().filter(name -> name.endsWith("/" + model)).limit(3).toList();
    var nearest = ofVendors.isEmpty() ? Nearest.names(model, names, 3) : ofVendors;
    return new CliException(
        ExitCode.USAGE,
        "no model %s is known; %s"
            .formatted(
                model,
                nearest.isEmpty()
                    ? "write it like openai/gpt-5.4-mini"
                    : "nearest: " + String.join(", ", nearest)));
  }

  /// What is said of a vendor of whom no model is known.
  static CliException noModelOf(String vendor, SequencedCollection<String> vendors) {
    var nearest = Nearest.names(vendor, vendors, 3);
    return new CliException(
        ExitCode.USAGE,
        "no model of %s is known; %s %s"
            .formatted(
                vendor,
                nearest.isEmpty() ? "vendors:" : "nearest:",
                String.join(", ", nearest.isEmpty() ? vendors : nearest)));
  }

  /// The lists of different formats: one does not confirm itself.
  List<PriceSnapshot> different(List<Path> files, Outside outside) {
    var lists = new ArrayList<PriceSnapshot>();
    for (var file : files) {
      var list = read(file, outside);
      if (lists.stream().anyMatch(other -> other.format() == list.format())) {
        throw new CliException(
            ExitCode.USAGE,
            "%s is a second list of %s, and a list does not confirm itself; name one of them"
                .formatted(file, list.format().word()));
      }
      lists.add(list);
    }
    return lists;
  }

  /// The list in a file.
  PriceSnapshot read(Path file, Outside outside) {
    var problems = new Problems(file.toString());
    return SnapshotReader.read(bytes(file), format(), day(file, outside), problems)
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                problems.all().stream().map(Problem::toString).collect(Collectors.joining("\n"))));
  }

  private @Nullable ListFormat format() {
    if (from == null) {
      return null;
    }
    return ListFormat.of(from)
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "--from %s is no list that is read; use %s"
                    .formatted(from, String.join(", ", ListFormat.words()))));
  }

  private LocalDate day(Path file, Outside outside) {
    var today = PriceBook.today(outside);
    if (seen != null) {
      return past(PriceBook.day("--seen", seen), today);
    }
    try {
      var written =
          LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
      return written.isAfter(today) ? today : written;
    } catch (IOException gone) {
      return today;
    }
  }

  private static LocalDate past(LocalDate day, LocalDate today) {
    if (day.isAfter(today)) {
      throw new CliException(
          ExitCode.USAGE,
          "--seen %s is still to come, and nobody has seen a list of then; today is %s"
              .formatted(day, today));
    }
    return day;
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > SnapshotReader.MAX_BYTES) {
        throw new CliException(
            ExitCode.USAGE, file + " is larger than 8 MiB; is this the right file?");
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot read the list " + file + "; is the path right?",
          unreadable);
    }
  }
}
