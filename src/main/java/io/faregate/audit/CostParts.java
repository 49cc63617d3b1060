package io.faregate.audit;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.ledger.AttemptEntry;
import io.faregate.money.LargestRemainder;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.RatesText;
import io.faregate.money.TokenKind;
import io.faregate.money.Usage;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The cost of one attempt split twice, in nano-dollars: by kind of token, and by segment of the
/// input with the output beside them. Cached tokens are laid over the segments from the front of
/// the prompt. Each split adds up to the cost to the nano-dollar. Source: FORMULAS §1.1 and §2.3.
public record CostParts(SequencedMap<String, Long> byKind, SequencedMap<String, Long> bySegment) {
  private static final String OUTPUT = TokenKind.OUTPUT.word();
  private static final String REASONING = "reasoning";
  private static final String FEE = "call";

  /// Kinds of input as caches leave them, the front first: longer-lived parts come earlier.
  private static final List<TokenKind> CACHE_ORDER =
      List.of(
          TokenKind.CACHE_READ,
          TokenKind.CACHE_WRITE_1H,
          TokenKind.CACHE_WRITE_5M,
          TokenKind.INPUT);

  public CostParts {
    byKind = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byKind));
    bySegment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(bySegment));
  }

  /// The split of an attempt; empty when its usage or price is unknown, or when its cost does not
  /// follow from them.
  public static Optional<CostParts> of(AttemptEntry attempt) {
    var rates = rates(attempt.rates());
    var usage = attempt.usage();
    var cost = attempt.costNanoUsd();
    if (rates == null || usage == null || cost == null) {
      return Optional.empty();
    }
    if (!cost.equals(rates.cost(usage).nanoUsdOrNull())) {
      return Optional.empty();
    }
    var segments = attempt.tokens().scaledTo(usage.inputTotal());
    return Optional.of(
        new CostParts(
            rounded(cost, kindUnits(usage, rates)),
            rounded(cost, segmentUnits(segments, usage, rates))));
  }

  private static @Nullable Rates rates(@Nullable String text) {
    try {
      return text == null ? null : RatesText.read(text);
    } catch (IllegalArgumentException writtenByAnotherVersion) {
      return null;
    }
  }

  /// Nano-dollars times a million by kind.
  private static SequencedMap<String, BigInteger> kindUnits(Usage usage, Rates rates) {
    var units = new LinkedHashMap<String, BigInteger>();
    for (var kind : TokenKind.values()) {
      if (kind != TokenKind.OUTPUT) {
        units.put(kind.word(), units(usage.tokens(kind), rates.rate(kind)));
      }
    }
    if (rates.reasoning() == null) {
      units.put(OUTPUT, units(usage.output(), rates.output()));
    } else {
      units.put(OUTPUT, units(usage.output() - usage.reasoning(), rates.output()));
      units.put(REASONING, units(usage.reasoning(), rates.reasoning()));
    }
    return withFee(units, rates);
  }

  /// Nano-dollars times a million by segment.
  private static SequencedMap<String, BigInteger> segmentUnits(
      Segments tokens, Usage usage, Rates rates) {
    var units = new LinkedHashMap<String, BigInteger>();
    for (var segment : Segment.values()) {
      units.put(segment.word(), BigInteger.ZERO);
    }
    var kinds = CACHE_ORDER.iterator();
    var kind = kinds.next();
    long left = usage.tokens(kind);
    for (var segment : Segment.IN_PROMPT) {
      long open = tokens.of(segment);
      while (open > 0) {
        while (left == 0) {
          kind = kinds.next();
          left = usage.tokens(kind);
        }
        var taken = Math.min(open, left);
        units.merge(segment.word(), units(taken, rates.rate(kind)), BigInteger::add);
        open -= taken;
        left -= taken;
      }
    }
    var visible = rates.reasoning() == null ? usage.output() : usage.output() - usage.reasoning();
    var hidden = units(usage.output() - visible, rates.reasoning());
    units.put(OUTPUT, units(visible, rates.output()).add(hidden));
    return withFee(units, rates);
  }

  private static SequencedMap<String, BigInteger> withFee(
      SequencedMap<String, BigInteger> units, Rates rates) {
    if (rates.perCall() != null) {
      units.put(FEE, units(1, rates.perCall()));
    }
    return units;
  }

  /// As a product of any size: a provider that misreports can pass the range of a long.
  private static BigInteger units(long tokens, @Nullable Rate rate) {
    return rate == null
        ? BigInteger.ZERO
        : BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate.nanoUsdPerMillion()));
  }

  /// Whole nano-dollars that add up to the total.
  private static SequencedMap<String, Long> rounded(
      long total, SequencedMap<String, BigInteger> units) {
    var shares = LargestRemainder.split(total, List.copyOf(units.values()));
    var parts = new LinkedHashMap<String, Long>();
    units.keySet().forEach(name -> parts.put(name, shares[parts.size()]));
    return parts;
  }
}
