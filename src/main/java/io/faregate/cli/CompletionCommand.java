package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `faregate completion`.
@Command(
    name = "completion",
    description = {"Prints a script that lets bash and zsh complete commands and options.", ""},
    footer = {"", "Example: source <(faregate completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final Outside outside;

  CompletionCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    outside.terminal().data(AutoComplete.bash("faregate", Faregate.commandLine(outside)));
    return ExitCode.FINE;
  }
}
