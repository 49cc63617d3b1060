package io.faregate.cli.worksheet;

import io.faregate.cli.port.Outside;
import io.faregate.cli.report.WorksheetDiffText;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.value.Dollars;
import io.faregate.cli.value.Share;
import io.faregate.config.yaml.ValueText;
import io.faregate.money.Money;
import io.faregate.worksheet.compare.Thresholds;
import io.faregate.worksheet.compare.WorksheetDiff;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.report.WorksheetDocument;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate worksheet diff`.
@Command(
    name = "diff",
    description = {
      "Compares two worksheets, and ends with 1 when the new one is over a threshold.",
      ""
    },
    footer = {"", "Example: faregate worksheet diff main.yaml worksheet.yaml --max-increase 10%%"})
final class WorksheetDiffCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final WorksheetFile ground = new WorksheetFile();

  @Parameters(index = "0", paramLabel = "PAST", description = "The worksheet as it was.")
  private Path past = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The worksheet as it is to be.")
  private Path next = Path.of("");

  @Option(
      names = "--past-config",
      paramLabel = "FILE",
      description = "The configuration as it was (that of --config).")
  private @Nullable Path pastConfig;

  @Option(
      names = "--max-cost-per-completed",
      paramLabel = "USD",
      converter = Dollars.class,
      description = "The most that a completed action of any workflow may cost.")
  private @Nullable Money perCompleted;

  @Option(
      names = "--max-premium-share",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "The most calls of a workflow that may go to the dearest tier, like 10%%.")
  private @Nullable BigDecimal premiumShare;

  @Option(
      names = "--max-increase",
      paramLabel = "USD|SHARE",
      description = "The most that the month may cost more, like '$200' or 10%%.")
  private @Nullable String increase;

  @Option(names = "--deny-unpriced", description = "A route without a price is over.")
  private boolean denyUnpriced;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, md or json (${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Format format = Format.TABLE;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  WorksheetDiffCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var thresholds = thresholds();
    var grounds = ground.ground(outside);
    var terminal = outside.terminal();
    var pastGrounds = pastConfig == null ? grounds : ground.under(pastConfig).ground(outside);
    var before = WorksheetFile.read(past, pastGrounds, terminal);
    var after = WorksheetFile.read(next, grounds, terminal);
    var diff =
        WorksheetFile.counted(() ->
            new WorksheetDiff(
                Costing.of(before, pastGrounds.prices()), Costing.of(after, grounds.prices())));
    var findings = thresholds.findings(diff);
    switch (json ? Format.JSON : format) {
      case TABLE -> new WorksheetDiffText(terminal, false).print(diff, findings);
      case MD -> new WorksheetDiffText(terminal, true).print(diff, findings);
      case JSON -> terminal.json(WorksheetDocument.of(diff, findings));
      case CSV, XLSX ->
          throw new CliException(ExitCode.USAGE, "--format of diff is table, md or json");
    }
    return findings.isEmpty() ? ExitCode.FINE : ExitCode.FINDING;
  }

  private Thresholds thresholds() {
    var share = increase == null ? null : ValueText.share(increase).orElse(null);
    return new Thresholds(
        perCompleted == null ? null : usd(perCompleted),
        premiumShare,
        increase == null || share != null ? null : usd(money(increase)),
        share == null ? null : BigDecimal.valueOf(share, 6),
        denyUnpriced);
  }

  private static Money money(String text) {
    try {
      return Money.parse(text);
    } catch (NumberFormatException other) {
      throw new CliException(
          ExitCode.USAGE,
          "--max-increase \"%s\" is neither dollars nor a share; write it like '$200' or 10%%"
              .formatted(text));
    }
  }

  private static BigDecimal usd(Money money) {
    return BigDecimal.valueOf(money.nanoUsd(), 9);
  }
}
