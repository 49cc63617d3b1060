package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.port.Servers.ServeOptions;
import io.faregate.cli.value.Port;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate serve`.
@Command(
    name = "serve",
    description = {"Runs gateway and console.", ""},
    footer = {"", "Example: faregate serve --config prod.yaml --data /var/lib/faregate"})
final class ServeCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final ConfigFile config = new ConfigFile();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder of journal and store (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "Port of calls; the configuration says it otherwise.")
  private @Nullable Integer port;

  @Option(
      names = "--admin-port",
      paramLabel = "N",
      converter = Port.class,
      description = "Port of console and API; the configuration says it otherwise.")
  private @Nullable Integer adminPort;

  @Option(
      names = "--accept-journal-loss",
      description = {
        "Start although the journal is damaged, without what is lost of it.",
        "docs/operations.md says what that means for the books."
      })
  private boolean acceptJournalLoss;

  ServeCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    return outside
        .servers()
        .serve(new ServeOptions(config.path(), data, port, adminPort, acceptJournalLoss));
  }
}
