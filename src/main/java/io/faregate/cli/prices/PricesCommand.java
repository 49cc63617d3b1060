package io.faregate.cli.prices;

import io.faregate.cli.port.Outside;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `faregate prices`, which does nothing without one of its own commands.
@Command(
    name = "prices",
    synopsisSubcommandLabel = "COMMAND",
    description = {"Shows, compares and imports what models cost.", ""},
    footer = {"", "Example: faregate prices list --vendor openai"})
public final class PricesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private PricesCommand() {}

  /// The command with those under it.
  public static CommandLine commandLine(Outside outside) {
    return new CommandLine(new PricesCommand())
        .addSubcommand("list", new PricesListCommand(outside))
        .addSubcommand("show", new PricesShowCommand(outside))
        .addSubcommand("check", new PricesCheckCommand(outside))
        .addSubcommand("diff", new PricesDiffCommand(outside))
        .addSubcommand("import", new PricesImportCommand(outside));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say which: prices list, prices show MODEL, prices check, prices diff A B,"
            + " or prices import FILE");
  }
}
