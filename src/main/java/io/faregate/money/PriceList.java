package io.faregate.money;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All dated prices by model (`provider/model`): any past day prices the same tomorrow. Immutable,
/// so one call keeps one list from beginning to end.
public final class PriceList {
  /// A list that knows no price.
  public static final PriceList EMPTY = new PriceList(LocalDate.EPOCH, Map.of());

  /// Vendors change prices several times a year, and nobody tells.
  private static final long OLD_DAYS = 30;

  private final LocalDate date;
  private final Map<String, List<Price>> prices;

  /// @param date the day on which the list was last checked
  /// @throws IllegalArgumentException if two rows of a model and service tier hold on the same day
  public PriceList(LocalDate date, Map<String, List<Price>> prices) {
    this.date = date;
    var sorted = new HashMap<String, List<Price>>();
    prices.forEach((model, rows) -> sorted.put(model, inOrder(model, rows)));
    this.prices = Map.copyOf(sorted);
  }

  /// The day on which the list was last checked.
  public LocalDate date() {
    return date;
  }

  /// Whole days from the last check to that day.
  public long age(LocalDate day) {
    return ChronoUnit.DAYS.between(date, day);
  }

  /// Whether the last check is so long ago that vendors may well have changed their prices since.
  public boolean isOld(LocalDate day) {
    return age(day) > OLD_DAYS;
  }

  /// Every row by model, oldest first.
  public Map<String, List<Price>> all() {
    return prices;
  }

  /// The row in force on that UTC day; empty when nobody knows a price.
  public Optional<Price> price(String model, ServiceTier tier, LocalDate day) {
    for (var price : prices.getOrDefault(model, List.of())) {
      if (price.serviceTier() == tier && price.heldOn(day)) {
        return Optional.of(price);
      }
    }
    return Optional.empty();
  }

  /// This list with rows of some models laid over it.
  public PriceList with(Map<String, List<Price>> overrides) {
    var merged = new HashMap<>(prices);
    overrides.forEach((model, rows) -> merged.merge(model, rows, PriceList::laidOver));
    return new PriceList(date, merged);
  }

  /// Rows of a model with others laid over them. At each service tier that has other rows, those
  /// that were known hold until the first of these; the other service tiers keep theirs.
  public static List<Price> laidOver(List<Price> known, List<Price> others) {
    var rows = new ArrayList<>(others);
    for (var row : known) {
      var first =
          others.stream()
              .filter(other -> other.serviceTier() == row.serviceTier())
              .map(Price::from)
              .min(Comparator.naturalOrder());
      (first.isPresent() ? row.before(first.get()) : Optional.of(row)).ifPresent(rows::add);
    }
    return rows;
  }

  private static List<Price> inOrder(String model, List<Price> rows) {
    var sorted =
        rows.stream()
            .sorted(Comparator.comparing(Price::serviceTier).thenComparing(Price::from))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      var before = sorted.get(i - 1);
      var after = sorted.get(i);
      if (before.serviceTier() == after.serviceTier() && before.heldOn(after.from())) {
        throw new IllegalArgumentException(
            "two %s prices of %s hold on %s"
                .formatted(after.serviceTier().word(), model, after.from()));
      }
    }
    return sorted;
  }
}
