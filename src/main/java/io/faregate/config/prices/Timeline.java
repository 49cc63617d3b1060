package io.faregate.config.prices;

import io.faregate.money.Price;
import io.faregate.money.ServiceTier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The prices of a model at one service tier, day after day. A price that is put in holds until the
/// next one begins; what lies before it stays as it was.
final class Timeline {
  /// What begins on a day; empty where nothing is known from it on.
  private final NavigableMap<LocalDate, Optional<Price>> begins = new TreeMap<>();

  Timeline(List<Price> rows, ServiceTier tier) {
    for (var row : rows) {
      if (row.serviceTier() == tier) {
        begins.put(row.from(), Optional.of(row));
        if (row.until() != null) {
          begins.putIfAbsent(row.until(), Optional.empty());
        }
      }
    }
  }

  /// The price on a day.
  Optional<Price> on(LocalDate day) {
    var entry = begins.floorEntry(day);
    return entry == null ? Optional.empty() : entry.getValue();
  }

  /// The prices that begin after a day.
  List<Price> after(LocalDate day) {
    return begins.tailMap(day, false).values().stream().flatMap(Optional::stream).toList();
  }

  /// Lets a price begin on its day, in the place of one that begins on the same.
  void put(Price price) {
    begins.put(price.from(), Optional.of(price));
  }

  /// The rows, each closed where the next one opens.
  List<Price> rows() {
    var rows = new ArrayList<Price>();
    for (Map.Entry<LocalDate, Optional<Price>> entry : begins.entrySet()) {
      var until = begins.higherKey(entry.getKey());
      entry.getValue().ifPresent(price -> rows.add(price.during(entry.getKey(), until)));
    }
    return rows;
  }
}
