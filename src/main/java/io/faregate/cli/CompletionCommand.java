package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `faregate completion`.
@Command(
    name = "completion",
    description = {"Prints a script that lets bash and zsh complete commands and options.", ""},
    footer = {"", "Example: source <(faregate completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final Outside outside;
  private final CommandLine faregate;

  CompletionCommand(Outside outside, CommandLine faregate) {
    this.outside = outside;
    this.faregate = faregate;
  }

  @Override
  public Integer call() {
    outside.terminal().data(AutoComplete.bash("faregate", faregate));
    return ExitCode.FINE;
  }
}
