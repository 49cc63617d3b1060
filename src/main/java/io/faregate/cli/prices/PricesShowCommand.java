package io.faregate.cli.prices;

import io.faregate.call.ModelId;
import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.report.PriceText;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Json;
import io.faregate.policy.Nearest;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate prices show`.
@Command(
    name = "show",
    description = {"Shows every price that a model ever had, and where it was taken from.", ""},
    footer = {"", "Example: faregate prices show openai/gpt-5.6-terra"})
final class PricesShowCommand implements Callable<Integer> {
  private static final int NEAREST = 3;

  private final Outside outside;

  @Mixin private final PriceBook book = new PriceBook();

  @Parameters(paramLabel = "MODEL", description = "The model, with or without its vendor.")
  private String model = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PricesShowCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var known = book.known(outside);
    var day = book.day(outside);
    var id = named(known);
    var text = new PriceText(outside.terminal(), known.models(), known.prices());
    if (json) {
      outside.terminal().data(Json.write(text.document(id, day)));
    } else {
      text.print(id, day);
    }
    return ExitCode.FINE;
  }

  private ModelId named(PriceBook.Known known) {
    var found =
        known.models().keySet().stream()
            .filter(id -> id.toString().equals(model) || id.name().equals(model))
            .sorted((a, b) -> a.toString().compareTo(b.toString()))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.size() > 1) {
      throw new CliException(
          ExitCode.USAGE,
          "several vendors have a %s; say which: %s"
              .formatted(model, String.join(", ", found.stream().map(ModelId::toString).toList())));
    }
    var names =
        known.models().keySet().stream()
            .flatMap(id -> model.contains("/") ? Stream.of(id.toString()) : Stream.of(id.name()))
            .distinct()
            .toList();
    var nearest = Nearest.names(model, names, NEAREST);
    throw new CliException(
        ExitCode.USAGE,
        "no model %s is known; %s"
            .formatted(
                model,
                nearest.isEmpty()
                    ? "`faregate prices list` shows all"
                    : "nearest: " + String.join(", ", nearest)));
  }
}
