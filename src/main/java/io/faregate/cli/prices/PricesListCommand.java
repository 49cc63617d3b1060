package io.faregate.cli.prices;

import io.faregate.call.ModelId;
import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.report.PriceText;
import io.faregate.cli.terminal.ExitCode;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate prices list`.
@Command(
    name = "list",
    description = {"Lists models with their prices in dollars per million tokens.", ""},
    footer = {"", "Example: faregate prices list --vendor openai --on 2026-08-21"})
final class PricesListCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final PriceBook book = new PriceBook();

  @Option(names = "--vendor", paramLabel = "V", description = "Only the models of this vendor.")
  private @Nullable String vendor;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PricesListCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var known = book.known(outside);
    var day = book.day(outside);
    var text = new PriceText(outside.terminal(), known.models(), known.prices());
    var models = models(known);
    if (json) {
      outside.terminal().json(models.stream().map(id -> text.line(id, day)).toList());
    } else {
      text.printList(models, day);
    }
    return ExitCode.FINE;
  }

  private List<ModelId> models(PriceBook.Known known) {
    var models =
        known.models().keySet().stream()
            .filter(model -> vendor == null || model.provider().equals(vendor))
            .sorted(Comparator.comparing(ModelId::toString))
            .toList();
    if (models.isEmpty()) {
      var vendors =
          known.models().keySet().stream()
              .map(ModelId::provider)
              .collect(Collectors.toCollection(TreeSet::new));
      throw ListFiles.noModelOf(String.valueOf(vendor), vendors);
    }
    return models;
  }
}
