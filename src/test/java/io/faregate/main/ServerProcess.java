package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `faregate serve` in a process of its own, with the log that users see.
public final class ServerProcess implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final BufferedReader out;
  private final List<String> before;
  private final String url;

  private ServerProcess(Process process, BufferedReader out, List<String> before, String url) {
    this.process = process;
    this.out = out;
    this.before = before;
    this.url = url;
  }

  /// Starts it and waits until it takes calls.
  public static ServerProcess start(Path config, Path data, String... jvmOptions)
      throws IOException {
    return start(config, data, List.of(), jvmOptions);
  }

  /// Starts it with options of `serve` and waits until it takes calls.
  static ServerProcess start(Path config, Path data, List<String> options, String... jvmOptions)
      throws IOException {
    var arguments =
        new ArrayList<>(List.of("serve", "--config", config.toString(), "--data", data.toString()));
    arguments.addAll(options);
    var process = started(List.of(jvmOptions), arguments);
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    var before = new ArrayList<String>();
    var line = out.readLine();
    while (line != null && !line.startsWith(READY)) {
      before.add(line);
      line = out.readLine();
    }
    assertThat(line).as("before it ended, it took calls").isNotNull();
    return new ServerProcess(process, out, before, line.substring(READY.length()));
  }

  /// What another command prints as data.
  static String output(List<String> jvmOptions, List<String> arguments) throws IOException {
    try (var data = started(jvmOptions, arguments).getInputStream()) {
      return new String(data.readAllBytes(), UTF_8);
    }
  }

  private static Process started(List<String> jvmOptions, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=logback.xml",
            "--class-path",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /// The base URL for clients, with `/v1`.
  public String url() {
    return url;
  }

  /// How it ended, and what it printed, but for the line that says where it is ready.
  record Ended(int exitCode, List<String> lines) {}

  /// Asks it to end, as a supervisor does, and waits until it has.
  Ended end() {
    process.toHandle().destroy(); // of the process itself, it would drop what is still printed
    var lines = Stream.concat(before.stream(), out.lines()).toList();
    return new Ended(exitCode(), lines);
  }

  /// Kills it, as `kill -9` does.
  void kill() {
    process.toHandle().destroyForcibly();
    var _ = exitCode();
  }

  private int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    out.close();
  }
}
