package io.faregate.config.prices;

import io.faregate.call.ModelId;
import io.faregate.money.Price;
import io.faregate.money.ServiceTier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where sources disagree on the price of a model. Differences are listed; nothing is averaged.
///
/// @param shared models that two sources at least name themselves
/// @param differing how many of these they disagree on
/// @param differences by model, service tier and field
public record Comparison(int shared, int differing, List<Difference> differences) {
  public Comparison {
    differences = List.copyOf(differences);
  }

  /// A field of a price on which sources disagree.
  ///
  /// @param field such as `output over 200k`
  /// @param values by source; null where it says nothing
  /// @param guessed the sources that match the model by a pattern only
  public record Difference(
      ModelId model,
      ServiceTier tier,
      String field,
      List<@Nullable String> values,
      List<Boolean> guessed) {}

  /// Compares every model that is among the asked ones and that two sources price at least.
  public static Comparison of(List<PriceView> views, Collection<ModelId> asked) {
    var models = new TreeSet<>(Comparator.comparing(ModelId::toString));
    models.addAll(asked);
    int shared = 0;
    int differing = 0;
    var all = new ArrayList<Difference>();
    for (var model : models) {
      var found = new ArrayList<Difference>();
      for (var tier : ServiceTier.values()) {
        found.addAll(differences(views, model, tier));
      }
      var named = views.stream().filter(view -> view.names(model)).count() > 1;
      shared += named ? 1 : 0;
      differing += named && !found.isEmpty() ? 1 : 0;
      all.addAll(found);
    }
    return new Comparison(shared, differing, all);
  }

  private static List<Difference> differences(
      List<PriceView> views, ModelId model, ServiceTier tier) {
    List<@Nullable Price> rows = new ArrayList<>();
    views.forEach(view -> rows.add(view.price(model, tier).orElse(null)));
    var fields = views.stream().allMatch(PriceView::own) ? stated(rows) : contradicted(rows);
    var guessed =
        IntStream.range(0, views.size())
            .mapToObj(i -> rows.get(i) != null && !views.get(i).names(model))
            .toList();
    return fields.stream()
        .map(field -> new Difference(model, tier, field, values(rows, field), guessed))
        .toList();
  }

  /// The fields that two rows state and differ in.
  private static Set<String> contradicted(List<@Nullable Price> rows) {
    var fields = new LinkedHashSet<String>();
    for (var one : rows) {
      for (var other : rows) {
        if (one != null && other != null) {
          PriceFields.differing(one, other).forEach(fields::add);
        }
      }
    }
    return fields;
  }

  /// The fields that any row states and that are not the same in all.
  private static Set<String> stated(List<@Nullable Price> rows) {
    var fields = new LinkedHashSet<String>();
    for (var row : rows) {
      if (row != null) {
        fields.addAll(PriceFields.of(row).keySet());
      }
    }
    fields.removeIf(field -> values(rows, field).stream().distinct().count() == 1);
    return fields;
  }

  private static List<@Nullable String> values(List<@Nullable Price> rows, String field) {
    List<@Nullable String> values = new ArrayList<>();
    for (var row : rows) {
      values.add(row == null ? null : PriceFields.of(row).get(field));
    }
    return values;
  }
}
