package io.faregate.config.prices;

import io.faregate.money.Price;
import io.faregate.policy.Model;
import java.util.List;

/// A model as a list has it.
///
/// @param rows its prices; those of a list without dates hold since ever
public record ListedModel(Model model, List<Price> rows) {
  public ListedModel {
    rows = List.copyOf(rows);
  }
}
