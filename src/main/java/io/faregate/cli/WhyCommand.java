package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Records;
import io.faregate.cli.report.WhyText;
import io.faregate.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate why`.
@Command(
    name = "why",
    description = {
      "Tells why a call went where it went, and what it cost by kind of token and segment.",
      ""
    },
    footer = {"", "Example: faregate why call_01k5rmzq3v8d0c2h7t4n9x6b1e"})
final class WhyCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final Records records = new Records();

  @Parameters(
      paramLabel = "CALL",
      description = "The id in the header x-faregate-call of the answer.")
  private String call = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  WhyCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var report = records.call(call, outside);
    if (json) {
      outside.terminal().json(report.fields());
    } else {
      new WhyText(outside.terminal()).print(report);
    }
    return ExitCode.FINE;
  }
}
