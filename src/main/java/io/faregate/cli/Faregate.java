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
      return commandLine(outside).execute(arguments);
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
    var faregate = new Faregate();
    var line = new CommandLine(faregate);
    line.addSubcommand("demo", new DemoCommand(outside));
    line.addSubcommand("init", new InitCommand(outside));
    line.addSubcommand("check", new CheckCommand(outside));
    line.addSubcommand("serve", new ServeCommand(outside));
    line.addSubcommand("route", new RouteCommand(outside));
    line.addSubcommand("why", new WhyCommand(outside));
    line.addSubcommand("audit", new AuditCommand(outside));
    line.addSubcommand("limits", LimitsCommand.line(outside));
    line.addSubcommand("top", new TopCommand(outside));
    line.addSubcommand("calc", new CalcCommand(outside));
    line.addSubcommand("worksheet", WorksheetCommand.line(outside));
    line.addSubcommand("prices", PricesCommand.commandLine(outside));
    line.addSubcommand("keys", KeysCommand.commandLine(outside));
    line.addSubcommand("doctor", new DoctorCommand(outside));
    line.addSubcommand("sim", new SimCommand(outside));
    line.addSubcommand("completion", new CompletionCommand(outside, line));
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
      return new String[] {"faregate " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
  }
}
