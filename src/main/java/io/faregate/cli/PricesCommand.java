package io.faregate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `faregate prices`, which does nothing without one of its own commands.
@Command(
    name = "prices",
    synopsisSubcommandLabel = "COMMAND",
    description = {"Shows what models cost: the built-in catalogue, and the configuration's.", ""},
    footer = {"", "Example: faregate prices list --vendor openai"})
final class PricesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say which: prices list, or prices show MODEL");
  }
}
