package io.faregate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// A page of the documentation whose blocks of `console` show what commands print.
public final class ConsolePage {
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ./faregate ";

  private ConsolePage() {}

  /// Fails unless each block shows what its commands print, one after the other.
  ///
  /// @param run what a command line without the program prints, with its last line end
  public static void check(Path page, Function<String[], String> run) throws IOException {
    var actual = new StringBuilder();
    var inConsole = false;
    for (var line : Files.readString(page, UTF_8).lines().toList()) {
      if (line.startsWith(FENCE)) {
        inConsole = line.equals(FENCE + "console");
      } else if (inConsole) {
        actual.append(
            line.startsWith(PROMPT)
                ? line + "\n" + run.apply(line.substring(PROMPT.length()).split(" ", -1))
                : "");
        continue;
      }
      actual.append(line).append('\n');
    }
    Golden.check(page, actual.toString());
  }
}
