package io.faregate.worksheet.cost;

import io.faregate.call.ModelId;
import io.faregate.money.Cost;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Model;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Shape;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What models cost on a day, and what else is known of them.
public record Prices(LocalDate day, PriceList list, Map<ModelId, Model> models) {
  public Prices {
    models = Map.copyOf(models);
  }

  /// The same list on another day.
  public Prices on(LocalDate other) {
    return other.equals(day) ? this : new Prices(other, list, models);
  }

  /// What is known of a model; only its name if nobody said more.
  public Model model(ModelId id) {
    return models.getOrDefault(id, Model.named(id));
  }

  /// Whether a call of the model has a price, as most are bought.
  public boolean isPriced(ModelId model) {
    return list.price(model.toString(), ServiceTier.STANDARD, day).isPresent();
  }

  /// The cost of a call of that shape: that of each turn, rounded once, added up.
  public Quote quote(ModelId model, Shape shape) {
    var row = list.price(model.toString(), shape.service(), day).orElse(null);
    return new Quote(model, shape, row, row == null ? null : sum(row, shape));
  }

  /// The dollars of one check of a route: nothing where it has none, null when unpriced.
  @Nullable BigDecimal checkUsd(Route route) {
    var check = route.check();
    return check == null ? BigDecimal.ZERO : quote(check.target().model(), check.shape()).usd();
  }

  private static @Nullable Long sum(Price row, Shape shape) {
    long sum = 0;
    for (var usage : shape.usages()) {
      switch (row.cost(usage)) {
        case Cost.Priced priced -> sum = Math.addExact(sum, priced.nanoUsd());
        case Cost.Unpriced _ -> {
          return null;
        }
      }
    }
    return sum;
  }
}
