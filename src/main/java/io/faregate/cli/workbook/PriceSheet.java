package io.faregate.cli.workbook;

import io.faregate.call.ModelId;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.worksheet.cost.Prices;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/// The prices: a row for each model, service tier and day, and one below it for each price cliff.
/// Rows of one key stand together, the start of the context tier ascending, so that the one in
/// force is found by counting the starts that an input has passed (FORMULAS §1.3).
final class PriceSheet {
  private static final String KEY = "KEY";
  private static final String START = "INPUT OVER";
  private static final int NANO_DIGITS = 9;

  private final Grid grid;
  private final Set<String> written = new HashSet<>();

  PriceSheet(Workbook workbook) {
    this.grid =
        new Grid(
            workbook,
            "Prices",
            List.of(KEY, START, "INPUT", "CACHE READ", "WRITE 5M", "WRITE 1H", "OUTPUT", "CALLS"));
  }

  /// The key of a model's price, whose rows are written if they are not there yet.
  String key(ModelId model, ServiceTier service, Prices prices) {
    var key = "%s|%s|%s".formatted(model, service.word(), prices.day());
    if (written.add(key)) {
      prices.list().price(model.toString(), service, prices.day()).ifPresent(row -> add(key, row));
    }
    return key;
  }

  /// The number, within the sheet's rows, of the price of an input.
  String row(String key, String input) {
    return "MATCH(%1$s,%2$s,0)+COUNTIFS(%2$s,%1$s,%3$s,\"<\"&%4$s)-1"
        .formatted(key, grid.column(KEY), grid.column(START), input);
  }

  /// The cost of so many tokens of a kind, in millionths of a dollar; nothing for none.
  String cost(String tokens, String kind, String row) {
    return "IF(%1$s=0,0,%1$s*INDEX(%2$s,%3$s))".formatted(tokens, grid.column(kind), row);
  }

  private void add(String key, Price price) {
    add(key, BigDecimal.ONE.negate(), price.rates());
    price.above().forEach((start, rates) -> add(key, BigDecimal.valueOf(start), rates));
  }

  private void add(String key, BigDecimal start, Rates rates) {
    int row = grid.addRow();
    grid.text(KEY, row, key);
    grid.input(START, row, start, Formats.COUNT);
    rate("INPUT", row, rates.input());
    rate("CACHE READ", row, rates.cacheRead());
    rate("WRITE 5M", row, rates.cacheWrite5m());
    rate("WRITE 1H", row, rates.cacheWrite1h());
    rate("OUTPUT", row, rates.output());
    var calls = rates.perCall();
    grid.input("CALLS", row, calls == null ? BigDecimal.ZERO : usd(calls), Formats.USD);
  }

  private void rate(String column, int row, @Nullable Rate rate) {
    if (rate == null) {
      grid.input(column, row, "unpriced");
    } else {
      grid.input(column, row, usd(rate), Formats.USD);
    }
  }

  private static BigDecimal usd(Rate rate) {
    return BigDecimal.valueOf(rate.nanoUsdPerMillion(), NANO_DIGITS);
  }
}
