package io.faregate.cli.prices;

import io.faregate.call.ModelId;
import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.prices.Comparison;
import io.faregate.config.prices.OverrideFile;
import io.faregate.config.prices.PriceView;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problems;
import io.faregate.config.yaml.ValueText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate prices diff`.
@Command(
    name = "diff",
    description = {
      "Compares two days of the known prices, or two files: published lists, or YAML of our own.",
      ""
    },
    footer = {"", "Example: faregate prices diff 2026-07-29 2026-07-30"})
final class PricesDiffCommand implements Callable<Integer> {
  private static final int NAMED = 20;

  private final Outside outside;

  @Mixin private final PriceBook book = new PriceBook();
  @Mixin private final ListFiles files = new ListFiles();

  @Parameters(index = "0", paramLabel = "A", description = "A day, or a file.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "A day, or a file.")
  private String after = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PricesDiffCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var views = List.of(view(before), view(after));
    files.requireKnown(views.stream().flatMap(view -> view.rows().keySet().stream()));
    var left = priced(views.getFirst());
    var right = priced(views.getLast());
    var both = new HashSet<>(left);
    both.retainAll(right);
    var comparison = Comparison.of(views, both);
    if (json) {
      var document = new LinkedHashMap<String, @Nullable Object>();
      document.put("a", before);
      document.put("b", after);
      document.put("shared_models", comparison.shared());
      document.put("differing_models", comparison.differing());
      document.put("differences", ListText.documents(comparison, views));
      document.put("only_a", only(left, right));
      document.put("only_b", only(right, left));
      outside.terminal().json(document);
    } else {
      new ListText(outside.terminal()).differences("Differences", comparison, views);
      only(before, only(left, right));
      only(after, only(right, left));
      outside
          .terminal()
          .note(
              "%d models are priced by both; of these %d differ"
                  .formatted(comparison.shared(), comparison.differing()));
    }
    return ExitCode.FINE;
  }

  private PriceView view(String named) {
    var day = ValueText.date(named);
    if (day.isPresent()) {
      return PriceView.of(named, book.known(outside).prices(), day.get());
    }
    var path = Path.of(named);
    if (!Files.exists(path)) {
      throw new CliException(
          ExitCode.UNREACHABLE, named + " is neither a day like 2026-08-21 nor a file");
    }
    if (!named.endsWith(".yaml") && !named.endsWith(".yml")) {
      return files.read(path, outside).view(book.day(outside)).named(named);
    }
    var problems = new Problems(named);
    var own =
        OverrideFile.read(path, problems)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.BAD_CONFIGURATION,
                    problems.all().stream()
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"))));
    return PriceView.of(named, own.catalogue().prices(), book.day(outside));
  }

  private Set<ModelId> priced(PriceView view) {
    return view.priced().stream().filter(files::wants).collect(Collectors.toSet());
  }

  private static List<String> only(Set<ModelId> one, Set<ModelId> other) {
    return ListText.names(one.stream().filter(model -> !other.contains(model)).toList());
  }

  private void only(String name, List<String> models) {
    if (models.isEmpty()) {
      return;
    }
    new ListText(outside.terminal()).heading("Priced by %s only".formatted(name));
    models.stream().limit(NAMED).forEach(outside.terminal()::data);
    if (models.size() > NAMED) {
      outside.terminal().data("and %d more (--json names all)".formatted(models.size() - NAMED));
    }
  }
}
