package io.faregate.cli.limits;

import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Period;
import io.faregate.cli.records.Records;
import io.faregate.cli.report.InDoubtText;
import io.faregate.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate limits in-doubt`.
@Command(
    name = "in-doubt",
    description = {
      "Lists attempts whose cost is not known for certain; it counts against their limits.",
      ""
    },
    footer = {"", "Example: faregate limits in-doubt --since 30d"})
final class InDoubtCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final Records records = new Records();
  @Mixin private final Period period = new Period();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  InDoubtCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var doubts = records.inDoubt(period.span(outside.clock().instant()), outside);
    if (json) {
      outside.terminal().json(doubts.fields());
    } else {
      new InDoubtText(outside.terminal(), period.zone()).print(doubts);
    }
    return ExitCode.FINE;
  }
}
