package io.faregate.cli.limits;

import io.faregate.audit.Document;
import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Records;
import io.faregate.cli.report.InDoubtText;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.value.Dollars;
import io.faregate.money.Money;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate limits resolve`.
@Command(
    name = "resolve",
    description = {
      "Ends the doubt about an attempt: says what it cost, as the provider's own records have it.",
      ""
    },
    footer = {
      "",
      "Example: faregate limits resolve call_01k5rmzq3v8d0c2h7t4n9x6b1e 1 --cost 0.0123"
    })
final class ResolveCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final Records records = new Records();

  @Parameters(
      index = "0",
      paramLabel = "CALL",
      description = "The call, as `limits in-doubt` lists it.")
  private String call = "";

  @Parameters(
      index = "1",
      paramLabel = "ATTEMPT",
      description = "The number of its attempt, from 1.")
  private int attempt;

  @Option(
      names = "--cost",
      required = true,
      paramLabel = "AMOUNT",
      converter = Dollars.class,
      description = "What the attempt cost in all, in dollars; 0 if it was not billed.")
  private Money cost = Money.ZERO;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ResolveCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    Records.requireId(call);
    if (attempt < 1) {
      throw new CliException(ExitCode.USAGE, "attempts are numbered from 1");
    }
    var change =
        new Document().put("call", call).put("attempt", attempt).put("cost_usd", cost.usd());
    var resolved =
        records.server("how to end a doubt", outside).change("/api/v1/limits/resolve", change);
    if (json) {
      outside.terminal().json(resolved.fields());
    } else {
      InDoubtText.printResolved(outside.terminal(), resolved);
    }
    return ExitCode.FINE;
  }
}
