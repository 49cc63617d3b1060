package io.faregate.config.prices;

import io.faregate.call.ModelId;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.money.ServiceTier;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Prices on one day, as a column of a comparison.
///
/// @param rows of models that the source names
/// @param guess rows of models that it only matches by a pattern; empty for others
/// @param own whether it is our own list, in which a price that is not stated is unpriced; a
///   published list that leaves one out contradicts nobody
public record PriceView(
    String name,
    LocalDate day,
    Map<ModelId, List<Price>> rows,
    Function<ModelId, List<Price>> guess,
    boolean own) {
  public PriceView {
    rows = Map.copyOf(rows);
  }

  /// The prices of our own list on a day.
  public static PriceView of(String name, PriceList prices, LocalDate day) {
    var rows = new HashMap<ModelId, List<Price>>();
    prices.all().forEach((model, listed) -> rows.put(ModelId.parse(model), listed));
    return new PriceView(name, day, rows, _ -> List.of(), true);
  }

  /// The same column under another name.
  public PriceView named(String other) {
    return new PriceView(other, day, rows, guess, own);
  }

  /// The models that have a price on the day.
  public Set<ModelId> priced() {
    return rows.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(row -> row.heldOn(day)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// The row in force; by a pattern where the source does not name the model.
  Optional<Price> price(ModelId id, ServiceTier tier) {
    var known = rows.get(id);
    return (known == null ? guess.apply(id) : known)
        .stream().filter(row -> row.serviceTier() == tier && row.heldOn(day)).findFirst();
  }

  /// Whether the source names the model itself.
  boolean names(ModelId id) {
    return rows.containsKey(id);
  }
}
