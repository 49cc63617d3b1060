package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Period;
import io.faregate.cli.records.Records;
import io.faregate.cli.report.AuditText;
import io.faregate.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate audit`.
@Command(
    name = "audit",
    description = {
      "Reviews a span of time: calls, cost, fallbacks, and what is in doubt.",
      "Spans are widened to whole quarters of an hour.",
      ""
    },
    footer = {"", "Example: faregate audit --since 2026-11-01 --zone Europe/Berlin"})
final class AuditCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final Records records = new Records();
  @Mixin private final Period period = new Period();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  AuditCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var review = records.review(period.span(outside.clock().instant()), outside);
    if (json) {
      outside.terminal().json(review.fields());
    } else {
      new AuditText(outside.terminal(), period.zone()).print(review);
    }
    return ExitCode.FINE;
  }
}
