package io.faregate.cli.worksheet;

import static java.util.stream.Collectors.joining;

import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import io.faregate.config.worksheet.Ground;
import io.faregate.config.worksheet.WorksheetReader;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.plan.Worksheet;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/// What the planning commands stand on: prices, the policy where there is one, and worksheets.
final class WorksheetFile {
  @Mixin private final PriceBook book;

  /// What the options say.
  WorksheetFile() {
    this(new PriceBook());
  }

  private WorksheetFile(PriceBook book) {
    this.book = book;
  }

  /// The same under another configuration.
  WorksheetFile under(Path configuration) {
    return new WorksheetFile(book.under(configuration));
  }

  /// Prices of the day that is asked for, and of any other.
  Prices prices(Outside outside) {
    var known = book.known(outside);
    return new Prices(book.day(outside), known.prices(), known.models());
  }

  /// The policy and the prices.
  Ground ground(Outside outside) {
    return new Ground(book.policy(outside).orElse(null), prices(outside));
  }

  /// Works something out before anything of it is printed.
  ///
  /// @throws CliException if it is more than can be counted
  static <T> T counted(Supplier<T> work) {
    try {
      return work.get();
    } catch (ArithmeticException tooMuch) {
      throw uncountable(tooMuch);
    } catch (CompletionException ofScenario) {
      throw ofScenario.getCause() instanceof ArithmeticException tooMuch
          ? uncountable(tooMuch)
          : ofScenario;
    }
  }

  private static CliException uncountable(ArithmeticException tooMuch) {
    return new CliException(
        ExitCode.BAD_CONFIGURATION,
        "%s; are its tokens and turns right, and those of the scenarios?"
            .formatted(tooMuch.getMessage()),
        tooMuch);
  }

  /// Reads a worksheet, and tells on stderr what is odd about it.
  ///
  /// @throws CliException with every error, if there are any
  static Worksheet read(Path file, Ground ground, Terminal terminal) {
    var reading = WorksheetReader.read(file, ground);
    var worksheet = reading.worksheet();
    if (worksheet == null) {
      throw new CliException(
          ExitCode.BAD_CONFIGURATION,
          reading.problems().stream()
              .filter(problem -> problem.severity() == Severity.ERROR)
              .map(Problem::toString)
              .collect(joining("\n")));
    }
    reading.problems().forEach(problem -> terminal.note(Terminal.plain(problem.toString())));
    return worksheet;
  }
}
