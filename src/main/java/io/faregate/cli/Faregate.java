package io.faregate.cli;

import io.faregate.cli.doctor.DoctorCommand;
import io.faregate.cli.keys.KeysCommand;
import io.faregate.cli.limits.LimitsCommand;
import io.faregate.cli.port.Outside;
import io.faregate.cli.prices.PricesCommand;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import io.faregate.cli.top.TopCommand;
import io.faregate.cli.worksheet.CalcCommand;
import io.faregate.cli.worksheet.WorksheetCommand;
import io.faregate.ledger.StoreException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `faregate` itself, and how every command under it begins and ends.
@Command(
    name = "faregate",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Faregate.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {"A gateway for AI calls that decides, prices and explains each of them.", ""},
    footer = {"", "Example: faregate demo"})
public final class Faregate implements Callable<Integer> {
  /// In the order in which help lists them.
  private static final List<String> COMMANDS =
      List.of(
          "demo",
          "init",
          "check",
          "serve",
          "route",
          "why",
          "audit",
          "limits",
          "top",
          "calc",
          "worksheet",
          "prices",
          "keys",
          "doctor",
          "sim",
          "completion");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error arose; so does FAREGATE_DEBUG=1.")
  private boolean debug;

  private Faregate() {}

  @Override
  public Integer call() {
    var commands = String.join(", ", spec.subcommands().keySet());
    throw new ParameterException(spec.commandLine(), "say which command: " + commands);
  }

  /// Runs a command line and answers with its exit code.
  public static int run(String[] arguments, Outside outside) {
    var terminal = outside.terminal();
    try {
      var exitCode = line(outside, asked(arguments)).execute(arguments);
      if (exitCode <= ExitCode.FINDING && terminal.isCutOff()) {
        terminal.note(
            terminal.red(
                "what this prints could not be written in full; is there room where it goes?"));
        return ExitCode.UNREACHABLE;
      }
      return exitCode;
    } catch (OutOfMemoryError _) {
      terminal.note("there is too little memory for this; FAREGATE_JAVA_OPTS=-Xmx4g gives more");
      return ExitCode.UNREACHABLE;
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  /// The command line with all its commands.
  public static CommandLine commandLine(Outside outside) {
    return line(outside, COMMANDS);
  }

  /// The commands that a line can run. To make all of them takes a quarter of a second, so what
  /// begins with the name of one gets only that.
  private static List<String> asked(String[] arguments) {
    return arguments.length > 0 && COMMANDS.contains(arguments[0])
        ? List.of(arguments[0])
        : COMMANDS;
  }

  private static Object command(String name, Outside outside) {
    return switch (name) {
      case "demo" -> new DemoCommand(outside);
      case "init" -> new InitCommand(outside);
      case "check" -> new CheckCommand(outside);
      case "serve" -> new ServeCommand(outside);
      case "route" -> new RouteCommand(outside);
      case "why" -> new WhyCommand(outside);
      case "audit" -> new AuditCommand(outside);
      case "limits" -> LimitsCommand.line(outside);
      case "top" -> new TopCommand(outside);
      case "calc" -> new CalcCommand(outside);
      case "worksheet" -> WorksheetCommand.line(outside);
      case "prices" -> PricesCommand.commandLine(outside);
      case "keys" -> KeysCommand.commandLine(outside);
      case "doctor" -> new DoctorCommand(outside);
      case "sim" -> new SimCommand(outside);
      case "completion" -> new CompletionCommand(outside);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CommandLine line(Outside outside, List<String> commands) {
    var faregate = new Faregate();
    var line = new CommandLine(faregate);
    for (var name : commands) {
      line.addSubcommand(name, command(name, outside));
    }
    var terminal = outside.terminal();
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setColorScheme(Help.defaultColorScheme(terminal.ansi() ? Help.Ansi.ON : Help.Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((problem, _) -> misused(problem, terminal));
    var variable = outside.variables().getOrDefault("FAREGATE_DEBUG", "");
    line.setExecutionExceptionHandler((problem, command, _) -> {
      if (faregate.debug || variable.equals("1")) {
        problem.printStackTrace(terminal.err());
      }
      return failed(problem, command.getCommandSpec().qualifiedName(), terminal);
    });
    return line;
  }

  private static int misused(ParameterException problem, Terminal terminal) {
    if (problem instanceof UnmatchedArgumentException unmatched) {
      terminal.note(terminal.red(Terminal.plain(unknown(unmatched))));
      UnmatchedArgumentException.printSuggestions(problem, terminal.err());
    } else {
      terminal.note(terminal.red(Terminal.plain(said(problem))));
    }
    var command = problem.getCommandLine().getCommandSpec().qualifiedName();
    terminal.note("`%s --help` shows what it takes".formatted(command));
    return ExitCode.USAGE;
  }

  private static String unknown(UnmatchedArgumentException problem) {
    var command = problem.getCommandLine();
    var argument = problem.getUnmatched().getFirst();
    if (argument.startsWith("-")) {
      return "%s has no option %s".formatted(command.getCommandSpec().qualifiedName(), argument);
    }
    return command.getSubcommands().isEmpty()
        ? "%s has no use for \"%s\"".formatted(command.getCommandSpec().qualifiedName(), argument)
        : "there is no command \"%s\"".formatted(argument);
  }

  private static int failed(Exception problem, String command, Terminal terminal) {
    return switch (problem) {
      case CliException ours -> {
        terminal.note(terminal.red(said(ours)));
        yield ours.exitCode();
      }
      case StoreException store -> {
        terminal.note(terminal.red(Terminal.plain(said(store))));
        yield ExitCode.UNREACHABLE;
      }
      default -> {
        var what = "%s failed: %s".formatted(command, Terminal.plain(said(problem)));
        terminal.note(terminal.red(what));
        terminal.note("run it again with --debug to see where, and report that");
        yield ExitCode.FINDING;
      }
    };
  }

  private static String said(Exception problem) {
    return Objects.requireNonNullElseGet(
        problem.getMessage(), () -> problem.getClass().getSimpleName());
  }

  /// The version that the jar was built as.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Faregate.class.getPackage().getImplementationVersion();
      return new String[] {"faregate " + Objects.requireNonNullElse(version, "unpackaged")};
    }
  }
}
