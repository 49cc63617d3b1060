package io.faregate.cli.prices;

import io.faregate.call.ModelId;
import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import io.faregate.config.prices.Comparison;
import io.faregate.config.prices.Comparison.Difference;
import io.faregate.config.prices.PriceSnapshot;
import io.faregate.config.prices.PriceView;
import io.faregate.config.prices.Remark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Published lists, what they say with care, and where they disagree: as tables and as documents.
final class ListText {
  /// Marks a price of a model that a list does not name.
  private static final String GUESSED = "~";

  private final Terminal terminal;

  ListText(Terminal terminal) {
    this.terminal = terminal;
  }

  /// A line for each list.
  void lists(List<PriceSnapshot> lists) {
    var table = new Table().names("LIST", "SEEN").numbers("MODELS", "WITHOUT PRICE", "REFUSED");
    for (var list : lists) {
      table.row(
          list.format().word(),
          list.seen(),
          list.models().size(),
          list.skipped(),
          list.remarks().stream().filter(ListText::isRefusal).count());
    }
    table.print(terminal);
  }

  /// Every field on which the sources disagree, below that heading.
  void differences(String heading, Comparison comparison, List<PriceView> views) {
    var names = views.stream().map(view -> view.name().toUpperCase(Locale.ROOT)).toList();
    var table =
        new Table().names("MODEL", "SERVICE", "PRICE").numbers(names.toArray(String[]::new));
    for (var difference : comparison.differences()) {
      var cells = new ArrayList<@Nullable Object>();
      cells.add(difference.model());
      cells.add(difference.tier().word());
      cells.add(difference.field());
      for (int i = 0; i < views.size(); i++) {
        var value = difference.values().get(i);
        cells.add(value != null && difference.guessed().get(i) ? GUESSED + value : value);
      }
      table.row(cells.toArray());
    }
    if (!table.isEmpty()) {
      heading(heading + " (dollars per million tokens)");
      table.print(terminal);
    }
    if (comparison.differences().stream().anyMatch(row -> row.guessed().contains(true))) {
      terminal.note(GUESSED + " is of a list that matches the model by a pattern only");
    }
  }

  /// What was repaired, was no price, or was refused.
  ///
  /// @param wanted whose remarks are shown, by the name of the model
  void remarks(List<PriceSnapshot> lists, Predicate<String> wanted) {
    var table = new Table().names("LIST", "MODEL").words("WHAT");
    for (var list : lists) {
      for (var remark : list.remarks()) {
        if (!wanted.test(remark.model())) {
          continue;
        }
        table.row(
            list.format().word(),
            remark.model(),
            isRefusal(remark) ? "left out: " + remark.text() : remark.text());
      }
    }
    if (!table.isEmpty()) {
      heading("Taken with care");
      table.print(terminal);
    }
  }

  void heading(String text) {
    terminal.data("");
    terminal.data(terminal.bold(text));
  }

  static Map<String, @Nullable Object> document(PriceSnapshot list) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("list", list.format().word());
    document.put("seen", list.seen().toString());
    document.put("models", list.models().size());
    document.put("without_price", list.skipped());
    document.put("remarks", list.remarks().stream().map(ListText::document).toList());
    return document;
  }

  static List<Map<String, @Nullable Object>> documents(
      Comparison comparison, List<PriceView> views) {
    return comparison.differences().stream().map(row -> document(row, views)).toList();
  }

  private static Map<String, @Nullable Object> document(Difference row, List<PriceView> views) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    var guessed = new ArrayList<String>();
    for (int i = 0; i < views.size(); i++) {
      values.put(views.get(i).name(), row.values().get(i));
      if (row.guessed().get(i)) {
        guessed.add(views.get(i).name());
      }
    }
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("model", row.model().toString());
    document.put("service_tier", row.tier().word());
    document.put("price", row.field());
    document.put("values", values);
    document.put("by_pattern", guessed);
    return document;
  }

  private static Map<String, @Nullable Object> document(Remark remark) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("model", remark.model());
    document.put("kind", remark.kind().word());
    document.put("text", remark.text());
    return document;
  }

  private static boolean isRefusal(Remark remark) {
    return remark.kind() == Remark.Kind.REFUSED;
  }

  static List<String> names(List<ModelId> models) {
    return models.stream().map(ModelId::toString).sorted().toList();
  }
}
