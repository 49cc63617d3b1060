package io.faregate.cli.prices;

import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.report.PriceText;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.value.ModelName;
import java.util.concurrent.Callable;
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
    var id = ModelName.of(model, known.models().keySet());
    var text = new PriceText(outside.terminal(), known.models(), known.prices());
    if (json) {
      outside.terminal().json(text.document(id, day));
    } else {
      text.print(id, day);
    }
    return ExitCode.FINE;
  }
}
