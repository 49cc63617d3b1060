package io.faregate.cli.workbook;

import io.faregate.call.Segment;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.plan.Caching;
import io.faregate.worksheet.plan.Check;
import io.faregate.worksheet.plan.Odds;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Shape;
import io.faregate.worksheet.plan.Target;
import io.faregate.worksheet.plan.Volume;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;

/// What somebody said of each route: a row, and one below it for its check.
final class InputSheet {
  static final String REQUESTS = "REQUESTS";
  static final String FIRST = "FIRST";
  static final String FALLBACK = "FALLBACK";
  static final String OVERHEAD = "OVERHEAD";
  static final String RETRY = "RETRY RATE";
  static final String FALLBACK_RETRY = "FALLBACK RETRY RATE";
  static final String FALLBACK_RATE = "FALLBACK RATE";
  static final String FAILURE = "FAILURE RATE";
  static final String CORRECTION = "CORRECTION RATE";
  static final String BILLED = "BILLED SHARE";
  static final String TURNS = "TURNS";
  static final String OUTPUT = "OUTPUT TOKENS";
  static final String CACHED = "CACHED SHARE";
  static final String LIFETIME = "CACHE LIFETIME";

  private static final String OF = "OF";
  private static final int MILLIONTH_DIGITS = 6;
  private static final int NANO_DIGITS = 9;

  private final Grid grid;
  private final PriceSheet prices;

  InputSheet(Workbook workbook, String name, PriceSheet prices) {
    this.grid = new Grid(workbook, name, columns());
    this.prices = prices;
  }

  private static List<String> columns() {
    var columns =
        new ArrayList<>(
            List.of(
                "WORKFLOW",
                "STEP",
                REQUESTS,
                OF,
                FIRST,
                FALLBACK,
                OVERHEAD,
                RETRY,
                FALLBACK_RETRY,
                FALLBACK_RATE,
                FAILURE,
                CORRECTION,
                BILLED,
                TURNS));
    for (var segment : Segment.values()) {
      columns.add(tokens(segment));
    }
    columns.addAll(List.of(OUTPUT, CACHED));
    for (var segment : Segment.values()) {
      columns.add(hits(segment));
    }
    columns.addAll(List.of(LIFETIME, "BASIS"));
    return columns;
  }

  /// The column of the tokens of a segment.
  static String tokens(Segment segment) {
    return segment.word().toUpperCase(Locale.ROOT) + " TOKENS";
  }

  /// The column of how often a cache has a segment; empty where it is not cached.
  static String hits(Segment segment) {
    return segment.word().toUpperCase(Locale.ROOT) + " HITS";
  }

  /// A cell, for the formulas of other sheets.
  String cell(String column, int row) {
    return grid.cell(column, row);
  }

  /// Writes a route and answers with its row.
  int add(Route route, Prices then) {
    int row = grid.addRow();
    grid.text("WORKFLOW", row, route.workflow());
    grid.text("STEP", row, route.step());
    volume(route.volume(), row);
    grid.input(FIRST, row, key(route.first(), route.shape(), then));
    var fallback = route.fallback();
    grid.input(FALLBACK, row, fallback == null ? null : key(fallback, route.shape(), then));
    grid.input(
        OVERHEAD,
        row,
        BigDecimal.valueOf(route.overheadNanoUsd(), NANO_DIGITS),
        Formats.USD_OF_A_CALL);
    odds(route.odds(), fallback != null, row);
    shape(route.shape(), row);
    grid.text("BASIS", row, route.basis().word());
    return row;
  }

  /// Writes the check of a route and answers with its row.
  int add(Route route, Check check, Prices then) {
    int row = grid.addRow();
    grid.text("WORKFLOW", row, route.workflow());
    grid.text("STEP", row, route.step() + " (check)");
    grid.input(FIRST, row, key(check.target(), check.shape(), then));
    shape(check.shape(), row);
    return row;
  }

  /// The key of the price of calls of that shape on a target.
  String key(Target target, Shape shape, Prices then) {
    return prices.key(target.model(), shape.service(), then);
  }

  private void volume(Volume volume, int row) {
    switch (volume) {
      case Volume.Stated stated ->
          grid.input(REQUESTS, row, BigDecimal.valueOf(stated.requests()), Formats.COUNT);
      case Volume.OfActions share -> {
        share(REQUESTS, row, share.millionths());
        grid.text(OF, row, "actions");
      }
      case Volume.OfStep share -> {
        share(REQUESTS, row, share.millionths());
        grid.text(
            OF,
            row,
            "%s %s".formatted(share.step(), share.outcome().name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private void odds(Odds odds, boolean falls, int row) {
    share(RETRY, row, odds.retry());
    share(FALLBACK_RETRY, row, odds.fallbackRetry());
    share(FALLBACK_RATE, row, falls ? odds.fallback() : 0);
    share(FAILURE, row, odds.failure());
    share(CORRECTION, row, odds.correction());
    share(BILLED, row, odds.billed());
  }

  private void shape(Shape shape, int row) {
    number(TURNS, row, shape.turns());
    for (var segment : Segment.values()) {
      number(tokens(segment), row, shape.input().of(segment));
    }
    number(OUTPUT, row, shape.output());
    switch (shape.caching()) {
      case Caching.Share share -> share(CACHED, row, share.millionths());
      case Caching.Hits hits -> {
        hits.segments().forEach(segment -> share(hits(segment), row, hits.hitMillionths()));
        grid.input(LIFETIME, row, hits.hour() ? "1h" : "5m");
      }
      case Caching.Tokens tokens -> {
        if (tokens.read() + tokens.write5m() + tokens.write1h() > 0) {
          throw new IllegalArgumentException("a worksheet caches shares and segments, not tokens");
        }
      }
    }
  }

  private void number(String column, int row, long number) {
    grid.input(column, row, BigDecimal.valueOf(number), Formats.COUNT);
  }

  private void share(String column, int row, long millionths) {
    grid.input(column, row, BigDecimal.valueOf(millionths, MILLIONTH_DIGITS), Formats.SHARE);
  }
}
