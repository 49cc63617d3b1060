package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate init`.
@Command(
    name = "init",
    description = {"Writes a commented configuration to start from.", ""},
    footer = {"", "Example: faregate init"})
final class InitCommand implements Callable<Integer> {
  private static final String TEMPLATE = "/io/faregate/cli/template.yaml";
  private static final String KEY = "OPENAI_API_KEY";

  private final Outside outside;

  @Mixin private final ConfigFile config = new ConfigFile();

  @Option(names = "--force", description = "Overwrite the file if it is there.")
  private boolean force;

  InitCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    write(config.path());
    var terminal = outside.terminal();
    var option = config.isNamed() ? " --config " + config.path() : "";
    terminal.note("wrote " + config.path() + "; next:");
    if (outside.variables().getOrDefault(KEY, "").isEmpty()) {
      terminal.note("  export %s=...          the key that the file refers to".formatted(KEY));
    }
    terminal.note("  faregate check" + option);
    terminal.note("  faregate route --task classification" + option);
    terminal.note("  faregate serve" + option);
    return ExitCode.FINE;
  }

  private void write(Path file) {
    try (var template = InitCommand.class.getResourceAsStream(TEMPLATE)) {
      if (template == null) {
        throw new IllegalStateException("this build lacks " + TEMPLATE);
      }
      var content = template.readAllBytes();
      if (force) {
        Files.write(file, content);
      } else {
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException _) {
      throw new CliException(
          ExitCode.USAGE,
          """
          %s is there already and was left alone; name another file with --config, or overwrite \
          it with --force\
          """
              .formatted(file));
    } catch (IOException unwritable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot write %s; does its folder exist, and may you write there?".formatted(file),
          unwritable);
    }
  }
}
