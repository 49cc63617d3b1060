package io.faregate.cli.prices;

import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Table;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.prices.Comparison;
import io.faregate.config.prices.OverrideFile;
import io.faregate.config.prices.PlannedRow;
import io.faregate.config.prices.PriceImport;
import io.faregate.config.prices.PriceSnapshot;
import io.faregate.config.prices.PriceView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate prices import`.
@Command(
    name = "import",
    description = {
      "Lays prices of published lists over the built-in ones.",
      "Shows what would change, asks, and writes prices.yaml beside the configuration. Where two",
      "lists disagree nothing is taken.",
      ""
    },
    footer = {"", "Example: faregate prices import genai-prices.json models.dev.json"})
final class PricesImportCommand implements Callable<Integer> {
  /// One in so many models with a price may be unconfirmed where all count as checked: there are
  /// always some that no list names.
  private static final int MOST_UNCONFIRMED = 10;

  private final Outside outside;

  @Mixin private final PriceBook book = new PriceBook();
  @Mixin private final ListFiles files = new ListFiles();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Lists of LiteLLM, models.dev, genai-prices or OpenRouter.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--effective",
      paramLabel = "DAY",
      description = "From which day changes hold (today); never in the past.")
  private @Nullable String effective;

  @Option(
      names = "--yes",
      description = "Do not ask: write the rows that two of the lists agree on.")
  private boolean yes;

  @Option(names = "--trust-one", description = "With --yes: write also what one list alone says.")
  private boolean trustsOne;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PricesImportCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var day = day();
    var lists = files.different(paths, outside);
    var file = book.override(outside);
    var known = Catalogue.builtIn().with(file.catalogue());
    files.requireKnown(
        Stream.concat(
            known.models().keySet().stream(),
            lists.stream().flatMap(list -> list.models().keySet().stream())));
    var days = new PriceImport.Days(PriceBook.today(outside), day);
    var plan = PriceImport.plan(known, lists, days, files::wants);
    var views = lists.stream().map(list -> list.view(day)).toList();
    var disputes = Comparison.of(views, plan.disputed());
    var rows = plan.rows().stream().filter(this::isChosen).toList();
    var unconfirmed = plan.unconfirmed(rows);
    if (json) {
      var document = document(plan, lists, disputes, views);
      document.put("unconfirmed", ListText.names(unconfirmed));
      outside.terminal().json(document);
    } else {
      print(plan, lists, disputes, views);
    }
    var before = known.prices().date();
    var checked = checked(plan, lists, before, unconfirmed.size());
    if (rows.isEmpty() && checked.equals(before)) {
      outside.terminal().note("nothing to write");
      return disputes.differences().isEmpty() ? ExitCode.FINE : ExitCode.FINDING;
    }
    if (!yes && !agrees(rows, checked, file)) {
      return ExitCode.FINDING;
    }
    write(file, plan.over(file.catalogue(), rows, checked), rows.size());
    return rows.isEmpty() && !disputes.differences().isEmpty() ? ExitCode.FINDING : ExitCode.FINE;
  }

  /// Without anybody looking, only what two lists agree on.
  private boolean isChosen(PlannedRow row) {
    return row.isWritten() && (!yes || trustsOne || row.isAgreed());
  }

  private LocalDate day() {
    var today = PriceBook.today(outside);
    if (effective == null) {
      return today;
    }
    var day = PriceBook.day("--effective", effective);
    if (day.isBefore(today)) {
      throw new CliException(
          ExitCode.USAGE,
          "--effective %s is past, and past days keep their prices; today is %s"
              .formatted(day, today));
    }
    return day;
  }

  private boolean agrees(List<PlannedRow> rows, LocalDate checked, OverrideFile file) {
    var terminal = outside.terminal();
    if (!terminal.asks()) {
      terminal.note(
          "nothing was written, for there is nobody to ask; look at the rows above, then run it"
              + " again with --yes (and --trust-one for rows of one list)");
      return false;
    }
    var path = PriceBook.shown(file.path());
    if (terminal.agrees(
        rows.isEmpty()
            ? "Write to %s that the prices were checked on %s?".formatted(path, checked)
            : "Write %d rows to %s?".formatted(rows.size(), path))) {
      return true;
    }
    terminal.note("nothing was written");
    return false;
  }

  /// The day to which the result was checked: that of the oldest list if it is later than what was
  /// known, and whole lists were looked at that confirm nearly all that has a price.
  private LocalDate checked(
      PriceImport plan, List<PriceSnapshot> lists, LocalDate before, int unconfirmed) {
    var seen =
        lists.stream().map(PriceSnapshot::seen).min(Comparator.naturalOrder()).orElse(before);
    if (!files.isWhole() || !seen.isAfter(before)) {
      return before;
    }
    var priced = plan.priced().size();
    var enough = unconfirmed * MOST_UNCONFIRMED <= priced;
    outside
        .terminal()
        .note(
            "the lists confirm %d of %d models with a price, so these %s checked on %s"
                .formatted(
                    priced - unconfirmed,
                    priced,
                    enough ? "count as" : "still count as",
                    enough ? seen : before));
    return enough ? seen : before;
  }

  private void write(OverrideFile file, Catalogue content, int rows) {
    var path = PriceBook.shown(file.path());
    var text =
        OverrideFile.text(content)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.USAGE,
                    "%s would be longer than the 1 MiB that a configuration takes; choose some with"
                            .formatted(path)
                        + " --vendor or --model"));
    try {
      if (!file.replace(text)) {
        throw new CliException(
            ExitCode.FINDING,
            "%s was changed by somebody else just now; run this again".formatted(path));
      }
    } catch (IOException unwritable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot write %s; may you write in its folder?".formatted(path),
          unwritable);
    }
    outside.terminal().note("wrote %d rows to %s".formatted(rows, path));
  }

  private void print(
      PriceImport plan, List<PriceSnapshot> lists, Comparison disputes, List<PriceView> views) {
    var terminal = outside.terminal();
    var text = new ListText(terminal);
    text.lists(lists);
    var table =
        new Table().names("ROW", "MODEL", "SERVICE", "FROM").numbers("LISTS").words("PRICE");
    plan.rows()
        .forEach(row ->
            table.row(
                word(row),
                row.model(),
                row.tier().word(),
                row.after().from(),
                row.lists(),
                row.change()));
    if (!table.isEmpty()) {
      text.heading("What would change (dollars per million tokens)");
      table.print(terminal);
    }
    text.differences("Disagreements", disputes, views);
    text.remarks(lists, files::concerns);
    var alone = plan.rows().stream().filter(row -> row.isWritten() && !row.isAgreed()).count();
    if (alone > 0 && yes && !trustsOne) {
      terminal.note("%d rows stand in one list only and were left out".formatted(alone));
    }
    if (!plan.disputed().isEmpty()) {
      terminal.note(
          "of %d models rows were left out, for the lists disagree"
              .formatted(plan.disputed().size()));
    }
  }

  private static String word(PlannedRow row) {
    return row.kind().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, @Nullable Object> document(
      PriceImport plan, List<PriceSnapshot> lists, Comparison disputes, List<PriceView> views) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("lists", lists.stream().map(ListText::document).toList());
    document.put("rows", plan.rows().stream().map(PricesImportCommand::document).toList());
    document.put("disputed", ListText.names(plan.disputed()));
    document.put("differences", ListText.documents(disputes, views));
    return document;
  }

  private static Map<String, @Nullable Object> document(PlannedRow row) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("row", word(row));
    document.put("model", row.model().toString());
    document.put("service_tier", row.tier().word());
    document.put("from", row.after().from().toString());
    document.put("lists", row.lists());
    document.put("agreed", row.isAgreed());
    document.put("source", row.after().source());
    document.put("change", row.change());
    return document;
  }
}
