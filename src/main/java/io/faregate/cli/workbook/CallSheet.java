package io.faregate.cli.workbook;

import io.faregate.call.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.dhatim.fastexcel.Workbook;

/// The calls behind a route: a row for each turn on each tier, with its tokens by kind and its
/// cost.
final class CallSheet {
  private static final String ROUTE = "ROUTE";
  private static final String ROLE = "ROLE";
  private static final String KEY = "PRICE";
  private static final String INPUT = "INPUT";
  private static final String READ = "CACHE READ";
  private static final String WRITTEN = "CACHE WRITTEN";
  private static final String UNCACHED = "UNCACHED";
  private static final String OUTPUT = "OUTPUT";
  private static final String PRICE_ROW = "PRICE ROW";
  private static final String USD = "USD";

  private final Grid grid;
  private final InputSheet inputs;
  private final PriceSheet prices;
  private final List<Runnable> costs = new ArrayList<>();

  CallSheet(Workbook workbook, String name, InputSheet inputs, PriceSheet prices) {
    this.grid =
        new Grid(
            workbook,
            name,
            List.of(
                ROUTE, ROLE, "TURN", KEY, INPUT, READ, WRITTEN, UNCACHED, OUTPUT, PRICE_ROW, USD));
    this.inputs = inputs;
    this.prices = prices;
  }

  /// How long a call is.
  ///
  /// @param row of the inputs that says so
  record Length(int row, int turns) {}

  /// Writes the turns of a call.
  ///
  /// @param route the row of the route in the inputs
  /// @param key a formula for the key of its price
  void add(int route, String role, Length length, String key) {
    for (int turn = 0; turn < length.turns(); turn++) {
      int row = grid.addRow();
      grid.formula(ROUTE, row, Integer.toString(route), Formats.COUNT);
      grid.text(ROLE, row, role);
      grid.formula("TURN", row, Integer.toString(turn + 1), Formats.COUNT);
      grid.formula(KEY, row, key, "@");
      tokens(row, length.row(), turn);
      // The rows of prices are known once all of them are written.
      costs.add(() -> cost(row, length.row()));
    }
  }

  /// Writes the costs, once the prices are complete.
  void finish() {
    costs.forEach(Runnable::run);
  }

  /// What all turns of a role cost a route; `unpriced` as soon as one of them is.
  String usd(int route, String role) {
    return """
    IF(COUNTIFS(%1$s,%4$d,%2$s,"%5$s",%3$s,%6$s)>0,%6$s,SUMIFS(%3$s,%1$s,%4$d,%2$s,"%5$s"))\
    """
        .formatted(
            grid.column(ROUTE), grid.column(ROLE), grid.column(USD), route, role, Formats.UNPRICED);
  }

  private void tokens(int row, int shape, int turn) {
    Function<Segment, String> tokens = segment -> segment(segment, shape, turn);
    grid.formula(INPUT, row, sum(tokens), Formats.COUNT);
    grid.formula(
        READ,
        row,
        "ROUND(%s*%s,0)+%s"
            .formatted(
                grid.cell(INPUT, row),
                inputs.cell(InputSheet.CACHED, shape),
                sum(segment ->
                    "ROUND(%s*%s,0)".formatted(tokens.apply(segment), hits(segment, shape)))),
        Formats.COUNT);
    grid.formula(
        WRITTEN,
        row,
        sum(segment ->
            "IF(ISNUMBER(%1$s),%2$s-ROUND(%2$s*%1$s,0),0)"
                .formatted(hits(segment, shape), tokens.apply(segment))),
        Formats.COUNT);
    grid.formula(
        UNCACHED,
        row,
        "%s-%s-%s".formatted(grid.cell(INPUT, row), grid.cell(READ, row), grid.cell(WRITTEN, row)),
        Formats.COUNT);
    grid.formula(OUTPUT, row, inputs.cell(InputSheet.OUTPUT, shape), Formats.COUNT);
  }

  /// What is new in each turn and each answer become history (FORMULAS §2.3).
  private String segment(Segment segment, int shape, int turn) {
    var tokens = inputs.cell(InputSheet.tokens(segment), shape);
    return segment != Segment.HISTORY || turn == 0
        ? tokens
        : "(%s+%d*(%s+%s+%s))"
            .formatted(
                tokens,
                turn,
                inputs.cell(InputSheet.tokens(Segment.USER), shape),
                inputs.cell(InputSheet.tokens(Segment.TOOL_RESULTS), shape),
                inputs.cell(InputSheet.OUTPUT, shape));
  }

  private String hits(Segment segment, int shape) {
    return inputs.cell(InputSheet.hits(segment), shape);
  }

  private static String sum(Function<Segment, String> term) {
    return String.join("+", Arrays.stream(Segment.values()).map(term).toList());
  }

  private void cost(int row, int shape) {
    grid.formula(
        PRICE_ROW, row, prices.row(grid.cell(KEY, row), grid.cell(INPUT, row)), Formats.COUNT);
    var price = grid.cell(PRICE_ROW, row);
    var written = grid.cell(WRITTEN, row);
    var terms =
        List.of(
            prices.cost(grid.cell(UNCACHED, row), "INPUT", price),
            prices.cost(grid.cell(READ, row), "CACHE READ", price),
            "IF(%s=\"1h\",%s,%s)"
                .formatted(
                    inputs.cell(InputSheet.LIFETIME, shape),
                    prices.cost(written, "WRITE 1H", price),
                    prices.cost(written, "WRITE 5M", price)),
            prices.cost(grid.cell(OUTPUT, row), "OUTPUT", price),
            prices.cost("1", "CALLS", price));
    grid.formula(
        USD,
        row,
        "IFERROR(ROUND((%s)/1000000,9),%s)".formatted(String.join("+", terms), Formats.UNPRICED),
        Formats.USD_OF_A_CALL);
  }
}
