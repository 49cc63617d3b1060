package io.faregate.main;

import io.faregate.cli.Faregate;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.Terminal;
import io.faregate.telemetry.LogEnd;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;

/// The process.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String[] arguments) {
    // What people read is English with its own digits, and formulas know no others.
    Locale.setDefault(Locale.ROOT);
    var variables = System.getenv();
    var terminal = Terminal.ofProcess(variables);
    var commands = new Commands(terminal);
    var clock = InstantSource.system();
    var outside =
        new Outside(
            commands,
            commands,
            commands,
            new HttpProbe(clock),
            terminal,
            clock,
            new SecureRandom(),
            variables);
    var exitCode = Faregate.run(arguments, outside);
    LogEnd.reach();
    System.exit(exitCode);
  }
}
