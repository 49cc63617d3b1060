package io.faregate.config.catalogue;

import io.faregate.call.ModelId;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.ValueText;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads a file in the format of `catalogue.yaml`, which says itself what its keys mean.
final class CatalogueReader {
  private final String source;

  /// @param source what rows that name no source are said to come from
  CatalogueReader(String source) {
    this.source = source;
  }

  Catalogue read(Mapping file) {
    var checked =
        file.require("checked", CatalogueReader::date, "say on which day the prices were checked");
    var urls = new HashMap<String, String>();
    file.mapping("vendors")
        .named()
        .forEach((vendor, url) -> urls.put(vendor, Objects.requireNonNullElse(url.text(), "")));
    var models = new HashMap<ModelId, Model>();
    var prices = new HashMap<String, List<Price>>();
    var known = file.mapping("models");
    for (var entry : known.all().entrySet()) {
      var id = ModelFacts.id(entry.getKey(), known.key(entry.getKey()));
      var mapping = entry.getValue().mapping();
      if (id != null) {
        models.put(id, ModelFacts.read(mapping, Model.named(id)));
        prices.put(id.toString(), rows(mapping));
        mapping.end();
      }
    }
    file.end();
    var list = new PriceList(checked == null ? LocalDate.EPOCH : checked, prices);
    return new Catalogue(models, list, urls);
  }

  private List<Price> rows(Mapping model) {
    var rows = new ArrayList<Price>();
    for (var item : Objects.requireNonNullElse(model.read("prices", Item::list), List.<Item>of())) {
      var row = item.mapping();
      rows.addAll(row(row));
      row.end();
    }
    return disjoint(model, rows);
  }

  private List<Price> row(Mapping row) {
    var from = row.require("from", CatalogueReader::date, "say from which day on it holds");
    var until = row.read("until", CatalogueReader::date);
    var text = row.read("source", Item::text, source);
    var announced = row.read("announced", CatalogueReader::date);
    if (from == null) {
      return List.of();
    }
    if (until != null && !until.isAfter(from)) {
      row.item().error("a price from %s cannot end on %s".formatted(from, until), "swap the days");
      return List.of();
    }
    if (announced != null && !announced.isBefore(from)) {
      row.item()
          .error(
              "a price from %s cannot have been announced on %s".formatted(from, announced),
              "leave announced out for a price that was seen in force");
      return List.of();
    }
    return PriceRows.read(row, new PriceRows.Validity(from, until, text, announced));
  }

  /// A day that two rows of a service tier hold on would make the price a matter of chance.
  private static List<Price> disjoint(Mapping model, List<Price> rows) {
    var sorted =
        rows.stream()
            .sorted(Comparator.comparing(Price::serviceTier).thenComparing(Price::from))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      var before = sorted.get(i - 1);
      var after = sorted.get(i);
      if (before.serviceTier() == after.serviceTier() && before.heldOn(after.from())) {
        model
            .item()
            .error(
                "two prices hold on " + after.from(),
                "close the first one: until: " + after.from());
        return List.of();
      }
    }
    return sorted;
  }

  private static @Nullable LocalDate date(Item item) {
    return item.value(ValueText::date, "a day", "write it like 2026-08-21");
  }
}
