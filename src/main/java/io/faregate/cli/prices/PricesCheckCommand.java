package io.faregate.cli.prices;

import io.faregate.call.ModelId;
import io.faregate.cli.PriceBook;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.prices.Comparison;
import io.faregate.config.prices.PriceSnapshot;
import io.faregate.config.prices.PriceView;
import io.faregate.money.PriceList;
import io.faregate.money.ServiceTier;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate prices check`.
@Command(
    name = "check",
    description = {
      "Compares the known prices with published lists, and says how old they are.",
      "Ends with 1 if they are old, or if two sources disagree.",
      ""
    },
    footer = {"", "Example: faregate prices check genai-prices.json models.dev.json"})
final class PricesCheckCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final PriceBook book = new PriceBook();
  @Mixin private final ListFiles files = new ListFiles();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Lists of LiteLLM, models.dev, genai-prices or OpenRouter.")
  private List<Path> paths = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PricesCheckCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var known = book.known(outside);
    var day = book.day(outside);
    var lists = files.different(paths, outside);
    var views = new ArrayList<PriceView>();
    views.add(PriceView.of("known", known.prices(), day));
    lists.forEach(list -> views.add(list.view(day)));
    files.requireKnown(views.stream().flatMap(view -> view.rows().keySet().stream()));
    var asked = new HashSet<ModelId>();
    views.forEach(view -> view.rows().keySet().stream().filter(files::wants).forEach(asked::add));
    var comparison = Comparison.of(views, asked);
    var unseen = unseen(known.prices(), day);
    if (json) {
      var document = document(known.prices(), day, comparison);
      document.put("announced_not_seen", unseen);
      document.put("lists", lists.stream().map(ListText::document).toList());
      document.put("differences", ListText.documents(comparison, views));
      outside.terminal().json(document);
    } else {
      print(known.prices(), day, lists);
      var text = new ListText(outside.terminal());
      text.differences("Disagreements", comparison, views);
      text.remarks(lists, files::concerns);
      say(comparison, lists, unseen);
    }
    return known.prices().isOld(day) || !comparison.differences().isEmpty() || !unseen.isEmpty()
        ? ExitCode.FINDING
        : ExitCode.FINE;
  }

  private void print(PriceList prices, LocalDate day, List<PriceSnapshot> lists) {
    var terminal = outside.terminal();
    var age =
        "%d models with prices, checked on %s, %d days before %s"
            .formatted(prices.all().size(), prices.date(), prices.age(day), day);
    terminal.data(prices.isOld(day) ? terminal.yellow(age + ": old") : age);
    if (!lists.isEmpty()) {
      terminal.data("");
      new ListText(terminal).lists(lists);
    }
  }

  private void say(Comparison comparison, List<PriceSnapshot> lists, List<String> unseen) {
    var terminal = outside.terminal();
    unseen.forEach(row -> terminal.note("announced, and not yet seen in force: " + row));
    if (!lists.isEmpty()) {
      terminal.note(
          "%d models are priced by two sources or more; of these they disagree on %d"
              .formatted(comparison.shared(), comparison.differing()));
    }
  }

  /// Rows that hold by now because they were announced once.
  private static List<String> unseen(PriceList prices, LocalDate day) {
    var unseen = new ArrayList<String>();
    for (var model : prices.all().keySet().stream().sorted().toList()) {
      for (var tier : ServiceTier.values()) {
        prices
            .price(model, tier, day)
            .filter(row -> row.announced() != null)
            .ifPresent(row -> unseen.add("%s from %s".formatted(model, row.from())));
      }
    }
    return unseen;
  }

  private static Map<String, @Nullable Object> document(
      PriceList prices, LocalDate day, Comparison comparison) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("day", day.toString());
    document.put("models", prices.all().size());
    document.put("checked", prices.date().toString());
    document.put("age_days", prices.age(day));
    document.put("old", prices.isOld(day));
    document.put("shared_models", comparison.shared());
    document.put("differing_models", comparison.differing());
    return document;
  }
}
