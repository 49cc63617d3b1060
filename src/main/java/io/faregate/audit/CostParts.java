package io.faregate.audit;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.ledger.AttemptEntry;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.RatesText;
import io.faregate.money.TokenKind;
import io.faregate.money.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The cost of one attempt split twice, in nano-dollars: by kind of token, and by segment of the
/// input with the output beside them. Cached tokens are laid over the segments from the front of
/// the prompt. Each split adds up to the cost to the nano-dollar: parts are floored, and what is
/// missing goes to the largest remainders. Source: FORMULAS §1.1 and §2.3.
public record CostParts(SequencedMap<String, Long> byKind, SequencedMap<String, Long> bySegment) {
  private static final long MILLION = 1_000_000;
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
  private static SequencedMap<String, Long> kindUnits(Usage usage, Rates rates) {
    var units = new LinkedHashMap<String, Long>();
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
  private static SequencedMap<String, Long> segmentUnits(
      Segments tokens, Usage usage, Rates rates) {
    var units = new LinkedHashMap<String, Long>();
    for (var segment : Segment.values()) {
      units.put(segment.word(), 0L);
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
        units.merge(segment.word(), units(taken, rates.rate(kind)), Math::addExact);
        open -= taken;
        left -= taken;
      }
    }
    var visible = rates.reasoning() == null ? usage.output() : usage.output() - usage.reasoning();
    var hidden = rates.reasoning() == null ? 0 : units(usage.reasoning(), rates.reasoning());
    units.put(OUTPUT, Math.addExact(units(visible, rates.output()), hidden));
    return withFee(units, rates);
  }

  private static SequencedMap<String, Long> withFee(SequencedMap<String, Long> units, Rates rates) {
    if (rates.perCall() != null) {
      units.put(FEE, rates.perCall().nanoUsdPerMillion());
    }
    return units;
  }

  private static long units(long tokens, @Nullable Rate rate) {
    return rate == null ? 0 : Math.multiplyExact(tokens, rate.nanoUsdPerMillion());
  }

  /// Whole nano-dollars that add up to the total. The total is the rounded sum of the parts, so it
  /// misses less than one nano-dollar for each of them.
  private static SequencedMap<String, Long> rounded(long total, SequencedMap<String, Long> units) {
    var parts = new LinkedHashMap<String, Long>();
    units.forEach((name, part) -> parts.put(name, part / MILLION));
    var missing = total - parts.values().stream().mapToLong(Long::longValue).sum();
    var order = new ArrayList<>(units.keySet());
    order.sort(
        Comparator.comparingLong((String name) -> units.getOrDefault(name, 0L) % MILLION)
            .reversed());
    for (var name : order.subList(0, Math.toIntExact(missing))) {
      parts.merge(name, 1L, Long::sum);
    }
    return parts;
  }
}
