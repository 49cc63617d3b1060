package io.faregate.config.prices;

import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.TokenKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a price row states, by names: `input`, `output over 200k`, and `long context from`. A kind
/// that a row leaves out is not stated, which contradicts nobody; a row without a context tier does
/// state that there is none.
final class PriceFields {
  /// Where the long-context prices start.
  static final String STARTS = "long context from";

  private static final long THOUSAND = 1_000;

  private PriceFields() {}

  /// The fields of a row, in the order in which people read them.
  static Map<String, String> of(Price row) {
    var fields = new LinkedHashMap<String, String>();
    add(fields, "", row.rates());
    fields.put(
        STARTS,
        row.above().isEmpty()
            ? "none"
            : row.above().keySet().stream()
                .map(PriceFields::tokens)
                .collect(Collectors.joining(", ")));
    row.above().forEach((start, rates) -> add(fields, " over " + tokens(start), rates));
    return fields;
  }

  /// The fields that both rows state and differ in.
  static Stream<String> differing(Price one, Price other) {
    var left = of(one);
    var right = of(other);
    return left.keySet().stream()
        .filter(right::containsKey)
        .filter(field -> !Objects.equals(left.get(field), right.get(field)));
  }

  /// Whether both rows say the same wherever both say something.
  static boolean agree(Price one, Price other) {
    return differing(one, other).findAny().isEmpty();
  }

  /// Two rows that agree as one: what either of them states.
  static Price union(Price one, Price other) {
    var above = new TreeMap<Long, Rates>();
    var starts = new TreeSet<>(one.above().keySet());
    starts.addAll(other.above().keySet());
    for (var start : starts) {
      above.put(
          start,
          union(
              one.above().getOrDefault(start, Rates.UNKNOWN),
              other.above().getOrDefault(start, Rates.UNKNOWN)));
    }
    return new Price(
        one.serviceTier(),
        union(one.rates(), other.rates()),
        above,
        one.from(),
        one.until(),
        one.source(),
        one.announced());
  }

  private static Rates union(Rates one, Rates other) {
    return new Rates(
        either(one.input(), other.input()),
        either(one.cacheRead(), other.cacheRead()),
        either(one.cacheWrite5m(), other.cacheWrite5m()),
        either(one.cacheWrite1h(), other.cacheWrite1h()),
        either(one.output(), other.output()),
        either(one.reasoning(), other.reasoning()),
        either(one.perCall(), other.perCall()));
  }

  private static @Nullable Rate either(@Nullable Rate one, @Nullable Rate other) {
    return Optional.ofNullable(one).orElse(other);
  }

  private static void add(Map<String, String> fields, String suffix, Rates rates) {
    for (var kind : TokenKind.values()) {
      add(fields, kind.word() + suffix, rates.rate(kind));
    }
    add(fields, "reasoning" + suffix, rates.reasoning());
    if (suffix.isEmpty()) {
      add(fields, "million calls", rates.perCall());
    }
  }

  private static void add(Map<String, String> fields, String name, @Nullable Rate rate) {
    if (rate != null) {
      fields.put(name, rate.usdPerMillion());
    }
  }

  private static String tokens(long tokens) {
    return tokens % THOUSAND == 0 ? tokens / THOUSAND + "k" : Long.toString(tokens);
  }
}
