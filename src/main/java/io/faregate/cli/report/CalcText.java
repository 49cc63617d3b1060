package io.faregate.cli.report;

import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import io.faregate.money.Money;
import io.faregate.money.TokenKind;
import io.faregate.worksheet.cost.Headroom;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.cost.Quote;
import io.faregate.worksheet.plan.Shape;
import io.faregate.worksheet.report.CalcDocument;
import io.faregate.worksheet.report.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a call costs on several models, by kind of token and by segment.
public final class CalcText {
  /// The columns of a segment: its name and tokens, then cost and share on each model.
  private static final int CELLS_BEFORE = 2;

  private static final int CELLS_EACH = 2;

  private final Paper paper;
  private final Prices prices;
  private final long calls;

  /// @param calls how many
  public CalcText(Terminal terminal, Prices prices, long calls) {
    this.paper = new Paper(terminal, false);
    this.prices = prices;
    this.calls = calls;
  }

  /// Prints a line for each model, then segments, then what is worth saying.
  public void print(List<Quote> quotes) {
    var remarks = new ArrayList<String>();
    quotes.forEach(quote -> remarks.addAll(remarks(quote)));
    var shape = quotes.getFirst().shape();
    paper.title(title(shape));
    models(quotes);
    if (shape.isSplit()) {
      segments(quotes);
    }
    paper.list("Worth saying", remarks);
  }

  private String title(Shape shape) {
    var usage = shape.usage();
    var cached = usage.inputTotal() - usage.input();
    return "Estimate of %s%s, %s%s tokens in%s and %s out, at the prices of %s (dollars)"
        .formatted(
            Figures.counted(calls, shape.turns() > 1 ? "conversation" : "call"),
            shape.turns() > 1 ? " of %,d turns".formatted(shape.turns()) : "",
            calls > 1 ? "each " : "",
            Figures.count(usage.inputTotal()),
            cached == 0 ? "" : " (" + cached(shape) + ")",
            Figures.count(usage.output()),
            prices.day());
  }

  private static String cached(Shape shape) {
    var usage = shape.usage();
    var written = usage.cacheWrite5m() + usage.cacheWrite1h();
    return "%s from a cache%s"
        .formatted(
            Figures.count(usage.cacheRead()),
            written == 0 ? "" : ", " + Figures.count(written) + " written to one");
  }

  private void models(List<Quote> quotes) {
    var table =
        new Table()
            .names("MODEL")
            .numbers("INPUT", "CACHE READ", "CACHE WRITE", "OUTPUT", "FEES", "PER CALL", "TOTAL")
            .numbers("TIMES", "CLIFF AT", "WINDOW USED")
            .optional("CACHE READ", "CACHE WRITE", "FEES", "CLIFF AT")
            .spare("WINDOW USED", "CLIFF AT", "CACHE WRITE");
    var cheapest =
        quotes.stream()
            .map(Quote::nanoUsd)
            .filter(Objects::nonNull)
            .filter(cost -> cost > 0)
            .min(Long::compare)
            .orElse(null);
    for (var quote : quotes) {
      var headroom = Headroom.of(quote, prices);
      table.row(
          quote.model(),
          part(quote, TokenKind.INPUT),
          part(quote, TokenKind.CACHE_READ),
          part(quote, TokenKind.CACHE_WRITE_5M, TokenKind.CACHE_WRITE_1H),
          part(quote, TokenKind.OUTPUT),
          fees(quote),
          usd(quote.nanoUsd(), 1),
          usd(quote.nanoUsd(), calls),
          times(quote.nanoUsd(), cheapest),
          cliff(headroom),
          headroom.room() == null
              ? null
              : Words.percent(ratio(headroom.input(), headroom.room()), 1));
    }
    paper.table("", table);
  }

  private static @Nullable String cliff(Headroom headroom) {
    if (headroom.passedCliff() != null) {
      return Figures.count(headroom.passedCliff()) + " passed";
    }
    return headroom.nextCliff() == null ? null : Figures.count(headroom.nextCliff());
  }

  private @Nullable String part(Quote quote, TokenKind... kinds) {
    var words = Arrays.stream(kinds).map(TokenKind::word).toList();
    var parts = quote.byKind().stream().filter(part -> words.contains(part.name())).toList();
    if (parts.isEmpty()) {
      return null;
    }
    long sum = 0;
    for (var part : parts) {
      if (part.nanoUsd() == null) {
        return "unpriced";
      }
      sum += part.nanoUsd();
    }
    return usd(sum, calls);
  }

  private @Nullable String fees(Quote quote) {
    return quote.byKind().stream()
        .filter(part -> part.name().equals("call"))
        .map(part -> usd(part.nanoUsd(), calls))
        .findFirst()
        .orElse(null);
  }

  private void segments(List<Quote> quotes) {
    var table = new Table().names("SEGMENT").numbers("TOKENS");
    for (var quote : quotes) {
      var _ = table.numbers(quote.model().toString(), "SHARE");
    }
    var rows = new LinkedHashMap<String, List<@Nullable Object>>();
    for (int i = 0; i < quotes.size(); i++) {
      for (var part : quotes.get(i).bySegment()) {
        var cells = rows.computeIfAbsent(part.name(), _ -> row(part, quotes.size()));
        cells.set(CELLS_BEFORE + i * CELLS_EACH, usd(part.nanoUsd(), calls));
        cells.set(CELLS_BEFORE + i * CELLS_EACH + 1, share(part, quotes.get(i)));
      }
    }
    rows.values().forEach(cells -> table.row(cells.toArray()));
    paper.table("By segment", table);
  }

  /// The row of a part, in which no model has it yet: a fee is that of some models only.
  private List<@Nullable Object> row(Quote.Part part, int models) {
    var cells = new ArrayList<@Nullable Object>();
    cells.add(part.name());
    cells.add(Figures.count(Math.multiplyExact(part.tokens(), calls)));
    cells.addAll(Collections.nCopies(models * CELLS_EACH, null));
    return cells;
  }

  private static @Nullable String share(Quote.Part part, Quote quote) {
    return part.nanoUsd() == null || quote.nanoUsd() == null
        ? null
        : Words.percent(ratio(part.nanoUsd(), quote.nanoUsd()), 1);
  }

  private List<String> remarks(Quote quote) {
    var remarks = new ArrayList<>(CalcDocument.remarks(quote, prices));
    var uncached = prices.quote(quote.model(), quote.shape().uncached()).nanoUsd();
    var cost = quote.nanoUsd();
    var price = quote.price();
    var usage = quote.shape().usage();
    if (uncached == null || cost == null || price == null || usage.input() == usage.inputTotal()) {
      return remarks;
    }
    var above =
        Headroom.cachingPaysAbove(
            price.rates(quote.shape().longestInput()), usage.cacheWrite1h() > 0);
    remarks.add(
        "%s: the cache makes it %s instead of %s (%s)%s"
            .formatted(
                quote.model(),
                usd(cost, calls),
                usd(uncached, calls),
                signed(ratio(cost - uncached, uncached)),
                above == null
                    ? ""
                    : "; writing to it pays above " + Words.percent(above, 1) + " hits"));
    return remarks;
  }

  private static String signed(@Nullable BigDecimal share) {
    return (share != null && share.signum() > 0 ? "+" : "") + Words.percent(share, 1);
  }

  private static @Nullable BigDecimal ratio(long part, @Nullable Long whole) {
    return whole == null || whole == 0
        ? null
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
  }

  private static @Nullable String times(@Nullable Long cost, @Nullable Long cheapest) {
    var ratio = cost == null ? null : ratio(cost, cheapest);
    return ratio == null ? null : Dollars.shown(ratio, 2) + "x";
  }

  private static String usd(@Nullable Long nanoUsd, long calls) {
    return nanoUsd == null ? "unpriced" : Money.usd(Math.multiplyExact(nanoUsd, calls));
  }
}
