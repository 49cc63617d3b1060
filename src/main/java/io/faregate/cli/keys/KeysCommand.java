package io.faregate.cli.keys;

import io.faregate.cli.port.Outside;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `faregate keys`, which does nothing without one of its own commands.
@Command(
    name = "keys",
    synopsisSubcommandLabel = "COMMAND",
    description = {"Makes, shows, rotates and revokes the keys of those who may call.", ""},
    footer = {"", "Example: faregate keys new support-backend --workflow support --write"})
public final class KeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private KeysCommand() {}

  /// The command with those under it.
  public static CommandLine commandLine(Outside outside) {
    return new CommandLine(new KeysCommand())
        .addSubcommand("new", new KeysNewCommand(outside))
        .addSubcommand("list", new KeysListCommand(outside))
        .addSubcommand("rotate", new KeysRotateCommand(outside))
        .addSubcommand("revoke", new KeysRevokeCommand(outside));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say which: keys new NAME, keys list, keys rotate NAME, or keys revoke NAME");
  }
}
