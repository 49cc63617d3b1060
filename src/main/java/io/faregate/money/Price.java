package io.faregate.money;

import java.time.LocalDate;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One dated price row of a model at one service tier. It holds from `from` (in) to `until` (out),
/// UTC days; `above` replaces every token rate of a request whose input total is strictly above the
/// start, and leaves the fee for the call. Source: FORMULAS §1.3.
///
/// @param source which lists say so, and on which day each was seen
/// @param announced the day on which it was announced for a later one, unless it was seen in force
///   since; null for a price that was
public record Price(
    ServiceTier serviceTier,
    Rates rates,
    NavigableMap<Long, Rates> above,
    LocalDate from,
    @Nullable LocalDate until,
    String source,
    @Nullable LocalDate announced) {

  public Price {
    var dearer = new TreeMap<Long, Rates>();
    above.forEach((start, passed) -> dearer.put(start, passed.withFee(rates.perCall())));
    above = Collections.unmodifiableNavigableMap(dearer);
    if (until != null && !until.isAfter(from)) {
      throw new IllegalArgumentException("a price from %s cannot end on %s".formatted(from, until));
    }
  }

  /// A price that was seen in force.
  public Price(
      ServiceTier serviceTier,
      Rates rates,
      NavigableMap<Long, Rates> above,
      LocalDate from,
      @Nullable LocalDate until,
      String source) {
    this(serviceTier, rates, above, from, until, source, null);
  }

  /// The same price for other days.
  public Price during(LocalDate first, @Nullable LocalDate end) {
    return new Price(serviceTier, rates, above, first, end, source, announced);
  }

  /// The same price as far as it holds before a day; empty where it begins no earlier.
  Optional<Price> before(LocalDate day) {
    if (!from.isBefore(day)) {
      return Optional.empty();
    }
    return Optional.of(until == null || until.isAfter(day) ? during(from, day) : this);
  }

  /// The row with other rates for tokens; fees stay.
  ///
  /// @param why is added to the source
  Price withTokenRates(UnaryOperator<Rate> change, String why) {
    var dearer = new TreeMap<Long, Rates>();
    above.forEach((start, passed) -> dearer.put(start, passed.withTokenRates(change)));
    var other = rates.withTokenRates(change);
    return new Price(serviceTier, other, dearer, from, until, source + "; " + why, announced);
  }

  /// Whether the row is in force on that UTC day.
  public boolean heldOn(LocalDate day) {
    return !day.isBefore(from) && (until == null || day.isBefore(until));
  }

  /// The rates of a request by its whole input, cached included: a cliff, not a marginal price.
  public Rates rates(long inputTotal) {
    if (above.isEmpty()) {
      return rates;
    }
    var passed = above.lowerEntry(inputTotal);
    return passed == null ? rates : passed.getValue();
  }

  /// The start of the long-context price in force, or 0 for the base price.
  public long contextStart(long inputTotal) {
    var passed = above.lowerKey(inputTotal);
    return passed == null ? 0 : passed;
  }

  /// What the usage costs at this row.
  public Cost cost(Usage usage) {
    return rates(usage.inputTotal()).cost(usage);
  }
}
