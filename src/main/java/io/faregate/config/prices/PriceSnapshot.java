package io.faregate.config.prices;

import io.faregate.call.ModelId;
import io.faregate.money.Price;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a published list said on the day on which it was seen. Immutable.
///
/// @param models by our names, in the order of the list
/// @param aliases other exact names of theirs
/// @param patterns rules by which the list matches names that it does not spell out
/// @param remarks what was repaired, was no price, or was refused
/// @param skipped models without prices for text: images, audio, or none at all
public record PriceSnapshot(
    ListFormat format,
    LocalDate seen,
    Map<ModelId, ListedModel> models,
    Map<ModelId, ListedModel> aliases,
    List<Pattern> patterns,
    List<Remark> remarks,
    int skipped) {
  public PriceSnapshot {
    models = new LinkedHashMap<>(models);
    aliases = Map.copyOf(aliases);
    patterns = List.copyOf(patterns);
    remarks = List.copyOf(remarks);
  }

  /// A rule that gives models of a vendor the price of one.
  record Pattern(String vendor, NameRule rule, ListedModel model) {}

  /// The list as a source of a price: `litellm, 2026-07-24`.
  public String source() {
    return format.word() + ", " + seen;
  }

  /// The model of exactly that name, or with it as an alias.
  public Optional<ListedModel> exact(ModelId id) {
    return Optional.ofNullable(models.getOrDefault(id, aliases.get(id)));
  }

  /// The prices of the model on that day as a column of a comparison.
  public PriceView view(LocalDate day) {
    var exact = new LinkedHashMap<ModelId, List<Price>>();
    aliases.forEach((id, model) -> exact.put(id, model.rows()));
    models.forEach((id, model) -> exact.put(id, model.rows()));
    return new PriceView(format.word(), day, exact, this::byPattern, false);
  }

  private List<Price> byPattern(ModelId id) {
    return patterns.stream()
        .filter(pattern -> pattern.vendor.equals(id.provider()) && pattern.rule.fits(id.name()))
        .findFirst()
        .map(pattern -> pattern.model.rows())
        .orElse(List.of());
  }
}
