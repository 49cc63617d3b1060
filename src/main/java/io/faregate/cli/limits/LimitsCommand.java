package io.faregate.cli.limits;

import io.faregate.audit.Document;
import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Period;
import io.faregate.cli.records.Records;
import io.faregate.cli.report.LimitsText;
import io.faregate.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate limits`, which also has commands of its own.
@Command(
    name = "limits",
    description = {
      "Shows every limit of a running server: spent, held, in doubt, free, and when it resets.",
      "`limits in-doubt` lists attempts whose cost is unknown, `limits resolve` settles one.",
      ""
    },
    footer = {"", "Example: faregate limits --all"})
public final class LimitsCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final Records records = new Records();

  @Option(names = "--all", description = "Show also what has no limit.")
  private boolean all;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The time zone of the resets (that of the server's policy).")
  private @Nullable String zone;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private LimitsCommand(Outside outside) {
    this.outside = outside;
  }

  /// The command with its own commands.
  public static CommandLine line(Outside outside) {
    return new CommandLine(new LimitsCommand(outside))
        .addSubcommand("in-doubt", new InDoubtCommand(outside))
        .addSubcommand("resolve", new ResolveCommand(outside));
  }

  @Override
  public Integer call() {
    var server = records.server("what is held and what is free", outside);
    var limits = server.list("/api/v1/limits" + (all ? "?all=true" : ""));
    if (json) {
      outside.terminal().json(limits.stream().map(Document::fields).toList());
      return ExitCode.FINE;
    }
    var shown = Period.zone(zone == null ? server.zone() : zone);
    new LimitsText(outside.terminal(), shown).print(limits);
    return ExitCode.FINE;
  }
}
