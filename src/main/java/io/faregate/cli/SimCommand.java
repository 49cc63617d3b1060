package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.port.Servers.SimOptions;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.value.Port;
import io.faregate.config.yaml.ValueText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `faregate sim`.
@Command(
    name = "sim",
    description = {
      "Runs a simulated provider alone.",
      "It speaks the dialects of OpenAI, Anthropic, Gemini and Bedrock, and keeps its own bill.",
      "Markers in a message force an answer or a fault; docs/simulator.md lists them.",
      ""
    },
    footer = {"", "Example: faregate sim --port 8090 --first-byte 300ms --per-token 20ms"})
final class SimCommand implements Callable<Integer> {
  private final Outside outside;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "simulated",
      description = "What it calls itself (${DEFAULT-VALUE}).")
  private String name = "";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Where it listens (${DEFAULT-VALUE}).")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      defaultValue = "8090",
      description = "Its port (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same answers (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--first-byte",
      paramLabel = "TIME",
      defaultValue = "200ms",
      description = "How long it waits before an answer begins (${DEFAULT-VALUE}).")
  private String firstByte = "";

  @Option(
      names = "--per-token",
      paramLabel = "TIME",
      defaultValue = "10ms",
      description = "How long it takes to write a token (${DEFAULT-VALUE}).")
  private String perToken = "";

  @Option(
      names = "--answer-tokens",
      paramLabel = "N",
      defaultValue = "120",
      description = "How long an answer is (${DEFAULT-VALUE}).")
  private int answerTokens;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Conversations to answer turn by turn, in YAML or JSON.")
  private @Nullable Path script;

  SimCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    return outside
        .servers()
        .sim(
            new SimOptions(
                name,
                host,
                port,
                seed,
                duration("--first-byte", firstByte),
                duration("--per-token", perToken),
                answerTokens,
                script));
  }

  private static Duration duration(String option, String text) {
    return ValueText.duration(text)
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "%s %s is not a length of time; write it like 200ms or 1.5s"
                    .formatted(option, text)));
  }
}
