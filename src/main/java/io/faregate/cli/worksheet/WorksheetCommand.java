package io.faregate.cli.worksheet;

import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Period;
import io.faregate.cli.records.Records;
import io.faregate.cli.report.AgainstText;
import io.faregate.cli.report.WorksheetCsv;
import io.faregate.cli.report.WorksheetText;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.workbook.WorksheetWorkbook;
import io.faregate.config.edit.WholeFile;
import io.faregate.config.yaml.Nearest;
import io.faregate.worksheet.compare.Comparison;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.measured.PlanAgainst;
import io.faregate.worksheet.measured.PlanAgainst.Stretch;
import io.faregate.worksheet.plan.Worksheet;
import io.faregate.worksheet.report.WorksheetDocument;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate worksheet`.
@Command(
    name = "worksheet",
    description = {
      "Works out what the routes of a worksheet cost: per call, per completed action, per month.",
      "`worksheet diff A B` compares two of them, `worksheet measure` writes one from the ledger.",
      ""
    },
    footer = {"", "Example: faregate worksheet worksheet.yaml --scenario all_premium"})
public final class WorksheetCommand implements Callable<Integer> {
  private static final String EVERY = "all";

  private final Outside outside;

  @Mixin private final WorksheetFile ground = new WorksheetFile();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "worksheet.yaml",
      description = "The worksheet (${DEFAULT-VALUE}).")
  private Path file = Path.of("worksheet.yaml");

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "Show this scenario beside the plan; repeatable, `all` for every one.")
  private List<String> scenarios = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, md, csv, xlsx or json (${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Format format = Format.TABLE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where --format xlsx writes (the worksheet's name, with .xlsx).")
  private @Nullable Path out;

  @Option(
      names = "--against",
      paramLabel = "TIME",
      description = "Show plan and actual of the last 30d, or since a day, from the ledger.")
  private @Nullable String against;

  @Mixin private final Records records = new Records();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private WorksheetCommand(Outside outside) {
    this.outside = outside;
  }

  /// The command with its own commands.
  public static CommandLine line(Outside outside) {
    return new CommandLine(new WorksheetCommand(outside))
        .addSubcommand("diff", new WorksheetDiffCommand(outside))
        .addSubcommand("measure", new MeasureCommand(outside));
  }

  @Override
  public Integer call() {
    refuseWhatWouldBeIgnored();
    var terminal = outside.terminal();
    var grounds = ground.ground(outside);
    var worksheet = WorksheetFile.read(file, grounds, terminal);
    if (against != null) {
      return against(worksheet, grounds.prices(), against);
    }
    var comparison = WorksheetFile.counted(() -> comparison(worksheet, grounds.prices()));
    switch (json ? Format.JSON : format) {
      case TABLE -> print(comparison, false);
      case MD -> print(comparison, true);
      case CSV -> terminal.data(WorksheetCsv.of(comparison));
      case XLSX -> write(comparison);
      case JSON -> terminal.json(WorksheetDocument.of(comparison));
    }
    return ExitCode.FINE;
  }

  /// The worksheet and its scenarios, all worked out.
  private Comparison comparison(Worksheet worksheet, Prices prices) {
    var comparison = Comparison.of(worksheet, chosen(worksheet), prices);
    var _ = comparison.scenarios();
    return comparison;
  }

  private void refuseWhatWouldBeIgnored() {
    if (against != null && !scenarios.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE,
          "--against compares the plan itself; leave out --scenario, or write it into the plan");
    }
    if (out != null && (json || format != Format.XLSX)) {
      throw new CliException(
          ExitCode.USAGE, "--out is for --format xlsx alone; write other formats with > " + out);
    }
  }

  private int against(Worksheet worksheet, Prices prices, String since) {
    var now = outside.clock().instant();
    var span = Period.since("--against", since, now).wholeQuarters().upTo(now);
    var routes = records.routes(span, outside);
    var compared =
        PlanAgainst.of(
            WorksheetFile.counted(() -> Costing.of(worksheet, prices)),
            routes,
            new Stretch(span.from(), span.to()),
            MeasuredFile.months(span));
    switch (json ? Format.JSON : format) {
      case TABLE -> new AgainstText(outside.terminal(), false).print(compared);
      case MD -> new AgainstText(outside.terminal(), true).print(compared);
      case JSON -> outside.terminal().json(WorksheetDocument.of(compared));
      case CSV, XLSX ->
          throw new CliException(ExitCode.USAGE, "--format of --against is table, md or json");
    }
    return ExitCode.FINE;
  }

  private void write(Comparison comparison) {
    var name = String.valueOf(file.getFileName()).replaceAll("\\.ya?ml$", "") + ".xlsx";
    var target = out == null ? Path.of(name) : out;
    try {
      if (Files.exists(target) && Files.isSameFile(target, file)) {
        throw new CliException(
            ExitCode.USAGE, target + " is the worksheet itself; name another file with --out");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        try (var pipe = new BufferedOutputStream(Files.newOutputStream(target))) {
          WorksheetWorkbook.write(comparison, pipe);
        }
      } else {
        WholeFile.replace(target, file -> WorksheetWorkbook.write(comparison, file));
      }
    } catch (IllegalArgumentException tooMuch) {
      throw new CliException(ExitCode.USAGE, tooMuch.getMessage() + "; use --format csv");
    } catch (IOException failed) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot write %s; does its folder exist, and is there room?".formatted(target),
          failed);
    }
    outside.terminal().note("wrote " + target);
  }

  private void print(Comparison comparison, boolean markdown) {
    var text = new WorksheetText(outside.terminal(), markdown);
    if (scenarios.isEmpty()) {
      text.print(comparison);
    } else {
      text.printSideBySide(comparison);
    }
  }

  /// The scenarios that are asked for; every one when none is.
  private Collection<String> chosen(Worksheet worksheet) {
    var known = worksheet.scenarios().sequencedKeySet();
    if (scenarios.isEmpty() || scenarios.contains(EVERY)) {
      return known;
    }
    var chosen = new ArrayList<String>();
    for (var name : scenarios) {
      if (!known.contains(name)) {
        throw new CliException(
            ExitCode.USAGE,
            known.isEmpty()
                ? "%s has no scenarios; add some under `scenarios`".formatted(file)
                : "%s has no scenario %s; %s".formatted(file, name, Nearest.fix(name, known)));
      }
      chosen.add(name);
    }
    return chosen;
  }
}
