package io.faregate.cli.worksheet;

import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Period;
import io.faregate.cli.records.Records;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `faregate worksheet measure`.
@Command(
    name = "measure",
    description = {"Writes a worksheet of what the ledger has, as for a month of 30 days.", ""},
    footer = {"", "Example: faregate worksheet measure --since 30d > worksheet.yaml"})
final class MeasureCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final WorksheetFile ground = new WorksheetFile();
  @Mixin private final Records records = new Records();
  @Mixin private final Period period = new Period();

  MeasureCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var now = outside.clock().instant();
    var span = period.span(now).wholeQuarters().upTo(now);
    var grounds = ground.ground(outside);
    var routes = records.routes(span, outside);
    if (routes.isEmpty()) {
      throw new CliException(
          ExitCode.FINDING,
          "no call began from %s to %s; name a longer span with --since"
              .formatted(span.from(), span.to()));
    }
    var file = new MeasuredFile(routes, span, grounds);
    outside.terminal().data(file.text().stripTrailing());
    file.faults().forEach(fault -> outside.terminal().note(Terminal.plain(fault)));
    return ExitCode.FINE;
  }
}
