package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.port.Servers.DemoOptions;
import io.faregate.cli.value.Port;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `faregate demo`.
@Command(
    name = "demo",
    description = {
      "Serves with simulated providers and live example traffic: no key, no network, no file.",
      ""
    },
    footer = {"", "Example: faregate demo --port 9080"})
final class DemoCommand implements Callable<Integer> {
  private final Outside outside;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of journal and store; a temporary one if not given.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      defaultValue = "8080",
      description = "Port of calls (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--admin-port",
      paramLabel = "N",
      converter = Port.class,
      defaultValue = "8081",
      description = "Port of console and API (${DEFAULT-VALUE}).")
  private int adminPort;

  DemoCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    return outside.servers().demo(new DemoOptions(data, port, adminPort));
  }
}
