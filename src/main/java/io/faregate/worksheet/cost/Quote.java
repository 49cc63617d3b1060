package io.faregate.worksheet.cost;

import io.faregate.call.ModelId;
import io.faregate.call.Segment;
import io.faregate.money.LargestRemainder;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.TokenKind;
import io.faregate.money.Usage;
import io.faregate.worksheet.plan.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a call of that shape costs on one model.
///
/// @param price the row in force, or null when there is none
/// @param nanoUsd all turns together; null when unpriced
public record Quote(ModelId model, Shape shape, @Nullable Price price, @Nullable Long nanoUsd) {
  private static final int NANO_DIGITS = 9;
  private static final String OUTPUT = TokenKind.OUTPUT.word();
  private static final String FEE = "call";

  /// A part of the cost.
  ///
  /// @param name of a kind of token, or of a segment
  /// @param rate null where nobody knows it, and where turns on both sides of a price cliff differ
  /// @param nanoUsd null when unpriced
  public record Part(String name, long tokens, @Nullable Rate rate, @Nullable Long nanoUsd) {}

  /// The cost in dollars; null when unpriced.
  public @Nullable BigDecimal usd() {
    return nanoUsd == null ? null : BigDecimal.valueOf(nanoUsd, NANO_DIGITS);
  }

  /// The cost by kind of token, those without tokens left out. The parts add up to the cost.
  public List<Part> byKind() {
    var sums = new LinkedHashMap<String, Sum>();
    for (var usage : shape.usages()) {
      var rates = rates(usage);
      for (var kind : TokenKind.values()) {
        add(sums, kind.word(), usage.tokens(kind), rates == null ? null : rates.rate(kind));
      }
      if (rates != null && rates.perCall() != null) {
        add(sums, FEE, 1, rates.perCall());
      }
    }
    return parts(sums);
  }

  /// The cost by segment of the input, then that of the output.
  public List<Part> bySegment() {
    var usages = shape.usages();
    var sums = new LinkedHashMap<String, Sum>();
    for (var segment : Segment.values()) {
      for (int turn = 0; turn < shape.turns(); turn++) {
        var part = shape.laid(turn).getOrDefault(segment, Usage.NONE);
        var rates = rates(usages.get(turn));
        for (var kind : TokenKind.values()) {
          add(sums, segment.word(), part.tokens(kind), rates == null ? null : rates.rate(kind));
        }
      }
    }
    for (var usage : usages) {
      var rates = rates(usage);
      add(sums, OUTPUT, usage.output(), rates == null ? null : rates.output());
      if (rates != null && rates.perCall() != null) {
        add(sums, FEE, 1, rates.perCall());
      }
    }
    return parts(sums);
  }

  private @Nullable Rates rates(Usage usage) {
    return price == null ? null : price.rates(usage.inputTotal());
  }

  private static void add(
      SequencedMap<String, Sum> sums, String name, long tokens, @Nullable Rate rate) {
    if (tokens > 0) {
      var sum = sums.computeIfAbsent(name, _ -> new Sum());
      sum.tokens += tokens;
      sum.rates.add(rate);
      if (rate != null) {
        var units =
            BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate.nanoUsdPerMillion()));
        sum.units = sum.units.add(units);
      }
    }
  }

  private List<Part> parts(SequencedMap<String, Sum> sums) {
    var parts = new ArrayList<Part>();
    var nano = nanoUsd == null ? new long[sums.size()] : split(nanoUsd, sums.values());
    sums.forEach((name, sum) -> {
      var rate = sum.rates.stream().distinct().count() == 1 ? sum.rates.getFirst() : null;
      parts.add(new Part(name, sum.tokens, rate, nanoUsd == null ? null : nano[parts.size()]));
    });
    return parts;
  }

  private static long[] split(long total, Collection<Sum> sums) {
    return LargestRemainder.split(total, sums.stream().map(sum -> sum.units).toList());
  }

  /// Tokens of one name, and nano-dollars times a million, which pass the range of a long at nine
  /// thousand dollars.
  private static final class Sum {
    private final List<@Nullable Rate> rates = new ArrayList<>();
    private long tokens;
    private BigInteger units = BigInteger.ZERO;
  }
}
