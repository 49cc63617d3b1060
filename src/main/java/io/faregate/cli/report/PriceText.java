package io.faregate.cli.report;

import io.faregate.call.ModelId;
import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.money.TokenKind;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Models and their prices, in dollars per million tokens.
public final class PriceText {
  private final Terminal terminal;
  private final Map<ModelId, Model> models;
  private final PriceList prices;

  /// @param models what is known of them besides the price
  public PriceText(Terminal terminal, Map<ModelId, Model> models, PriceList prices) {
    this.terminal = terminal;
    this.models = Map.copyOf(models);
    this.prices = prices;
  }

  /// Prints a line for each model with its standard price on that day.
  public void printList(List<ModelId> ids, LocalDate day) {
    var table =
        new Table()
            .names("MODEL")
            .numbers("INPUT", "CACHE READ", "CACHE WRITE", "OUTPUT", "WINDOW")
            .names("PRICE SINCE", "ANNOUNCED")
            .words("SOURCE")
            .optional("ANNOUNCED")
            .spare("SOURCE", "PRICE SINCE", "CACHE WRITE", "WINDOW", "ANNOUNCED");
    for (var id : ids) {
      var row = prices.price(id.toString(), ServiceTier.STANDARD, day);
      var rates = row.map(Price::rates).orElse(null);
      table.row(
          id,
          rates == null ? "unpriced" : shown(rates.input()),
          rates == null ? null : shown(rates.cacheRead()),
          rates == null ? null : shown(rates.cacheWrite5m()),
          rates == null ? null : shown(rates.output()),
          tokens(model(id).windowTokens()),
          row.map(Price::from).map(Figures::since).orElse(null),
          rows(id).stream()
              .filter(next -> next.from().isAfter(day))
              .map(next -> "for " + next.from())
              .findFirst()
              .orElse(null),
          row.map(Price::source).orElse(null));
    }
    table.print(terminal);
    terminal.note(
        "dollars per million tokens on %s; the list was checked on %s, %s"
            .formatted(day, prices.date(), age(day)));
  }

  /// Prints all that is known of a model; an asterisk marks the rows in force on that day.
  public void print(ModelId id, LocalDate day) {
    var sheet = new Sheet(terminal);
    var model = model(id);
    sheet.fact("model", id.toString());
    sheet.fact("kind", model.embedding() ? "embedding" : "chat");
    sheet.fact("window", counted(model.windowTokens()));
    sheet.fact("max output", counted(model.maxOutputTokens()));
    var table =
        new Table()
            .names("NOW", "SERVICE", "FROM", "UNTIL")
            .numbers("INPUT OVER", "INPUT", "CACHE READ", "WRITE 5M", "WRITE 1H", "OUTPUT")
            .numbers("PER CALL")
            .words("SOURCE")
            .optional("UNTIL", "INPUT OVER", "CACHE READ", "WRITE 5M", "WRITE 1H", "PER CALL")
            .spare("SOURCE", "WRITE 1H", "WRITE 5M");
    for (var row : rows(id)) {
      add(table, row, 0L, day);
      row.above().keySet().forEach(start -> add(table, row, start, day));
    }
    if (table.isEmpty()) {
      sheet.fact("price", "unpriced: nobody has said what it costs");
    } else {
      sheet.heading("Prices (dollars per million tokens; * holds on %s)".formatted(day));
      table.print(terminal);
      terminal.note("the list was checked on %s, %s".formatted(prices.date(), age(day)));
    }
  }

  private String age(LocalDate day) {
    var days = prices.age(day);
    var text = Figures.counted(Math.abs(days), "day") + (days < 0 ? " after" : " before");
    return prices.isOld(day) ? text + ": old, see `faregate prices import`" : text;
  }

  /// The source of a row, and that nobody has seen it in force.
  private static String source(Price row, LocalDate day) {
    if (row.announced() == null) {
      return row.source();
    }
    return "%s (announced%s)"
        .formatted(row.source(), row.from().isAfter(day) ? "" : ", not yet seen in force");
  }

  /// A model with its standard price on that day, as a document.
  public Map<String, @Nullable Object> line(ModelId id, LocalDate day) {
    var document = facts(id);
    var price = prices.price(id.toString(), ServiceTier.STANDARD, day).orElse(null);
    document.put("price", price == null ? null : document(price, price.rates(), 0));
    return document;
  }

  /// A model with all its prices, as a document.
  public Map<String, @Nullable Object> document(ModelId id, LocalDate day) {
    var document = line(id, day);
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    for (var row : rows(id)) {
      rows.add(document(row, row.rates(), 0));
      row.above().forEach((start, rates) -> rows.add(document(row, rates, start)));
    }
    document.put("prices", rows);
    return document;
  }

  private Map<String, @Nullable Object> facts(ModelId id) {
    var model = model(id);
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("model", id.toString());
    document.put("kind", model.embedding() ? "embedding" : "chat");
    document.put("window", model.windowTokens());
    document.put("max_output", model.maxOutputTokens());
    return document;
  }

  private static Map<String, @Nullable Object> document(Price row, Rates rates, long start) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("service_tier", row.serviceTier().word());
    document.put("input_over", start);
    for (var kind : TokenKind.values()) {
      document.put(kind.word() + "_usd_per_million", shown(rates.rate(kind)));
    }
    document.put("reasoning_usd_per_million", shown(rates.reasoning()));
    document.put("calls_usd_per_million", shown(rates.perCall()));
    document.put("from", row.from().toString());
    document.put("until", row.until() == null ? null : row.until().toString());
    document.put("source", row.source());
    document.put("announced", row.announced() == null ? null : row.announced().toString());
    return document;
  }

  private void add(Table table, Price row, long start, LocalDate day) {
    var rates = start == 0 ? row.rates() : row.rates(start + 1);
    table.row(
        row.heldOn(day) ? "*" : "",
        row.serviceTier().word(),
        Figures.since(row.from()),
        row.until(),
        start == 0 ? null : Figures.count(start),
        shown(rates.input()),
        shown(rates.cacheRead()),
        shown(rates.cacheWrite5m()),
        shown(rates.cacheWrite1h()),
        shown(rates.output()),
        rates.perCall() == null ? null : perCall(rates.perCall()),
        source(row, day));
  }

  private List<Price> rows(ModelId id) {
    return prices.all().getOrDefault(id.toString(), List.of());
  }

  private Model model(ModelId id) {
    return models.getOrDefault(id, Model.named(id));
  }

  private static @Nullable String shown(@Nullable Rate rate) {
    return rate == null ? null : rate.usdPerMillion();
  }

  private static String perCall(Rate rate) {
    return rate.usdPerMillion() + "/M";
  }

  private static String tokens(@Nullable Long tokens) {
    return tokens == null ? "unknown" : Figures.count(tokens);
  }

  private static String counted(@Nullable Long tokens) {
    return tokens == null ? "unknown" : Figures.counted(tokens, "token");
  }
}
