package io.faregate.config.prices;

import io.faregate.call.ModelId;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A snapshot while its list is read.
final class SnapshotBuilder {
  /// Names that a file of ours can carry; no others are in use.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._:/@+~-]{0,199}");

  private static final long MOST_TOKENS = 1_000_000_000_000L;

  private final ListFormat format;
  private final LocalDate seen;
  private final Map<ModelId, ListedModel> models = new LinkedHashMap<>();
  private final Map<ModelId, ListedModel> aliases = new HashMap<>();
  private final List<PriceSnapshot.Pattern> patterns = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private int skipped;

  SnapshotBuilder(ListFormat format, LocalDate seen) {
    this.format = format;
    this.seen = seen;
  }

  PriceSnapshot build() {
    return new PriceSnapshot(format, seen, models, aliases, patterns, remarks, skipped);
  }

  LocalDate seen() {
    return seen;
  }

  /// The list as the source of a row.
  String source() {
    return format.word() + ", " + seen;
  }

  /// Counts a model of which no price for text is read.
  void skip() {
    skipped++;
  }

  /// Our name of a model; null, and a remark, for one that cannot be ours.
  @Nullable ModelId id(String vendor, String name) {
    var ours = Vendors.ours(vendor);
    if (NAME.matcher(ours).matches() && ours.indexOf('/') < 0 && NAME.matcher(name).matches()) {
      return new ModelId(ours, name.strip());
    }
    remarks.add(new Remark(Remark.Kind.REFUSED, ours + "/" + name, "this is no name of a model"));
    return null;
  }

  /// Takes a model unless it is refused while its rows are read.
  Optional<ListedModel> take(Model model, Draft draft, Consumer<List<Price>> reader) {
    var rows = new ArrayList<Price>();
    reader.accept(rows);
    remarks.addAll(draft.remarks());
    if (draft.isRefused()) {
      return Optional.empty();
    }
    if (rows.isEmpty()) {
      skip();
      return Optional.empty();
    }
    try {
      var inOrder = new PriceList(seen, Map.of(model.id().toString(), rows));
      var listed =
          new ListedModel(model, inOrder.all().getOrDefault(model.id().toString(), List.of()));
      if (models.putIfAbsent(model.id(), listed) != null) {
        remarks.add(
            new Remark(
                Remark.Kind.REFUSED,
                model.id().toString(),
                "the list has it twice; the first one is taken"));
        return Optional.empty();
      }
      return Optional.of(listed);
    } catch (IllegalArgumentException overlapping) {
      remarks.add(
          new Remark(
              Remark.Kind.REFUSED,
              model.id().toString(),
              String.valueOf(overlapping.getMessage())));
      return Optional.empty();
    }
  }

  /// Gives a model its other names and the rule that matches still others.
  void match(ListedModel model, String vendor, NameRule rule) {
    rule.exact()
        .filter(name -> NAME.matcher(name).matches())
        .forEach(name -> aliases.putIfAbsent(new ModelId(vendor, name), model));
    patterns.add(new PriceSnapshot.Pattern(vendor, rule, model));
  }

  /// Tokens of a field; null where it has none.
  static @Nullable Long tokens(JsonNode value) {
    var isWhole = value.isIntegralNumber() && value.canConvertToLong();
    var tokens = isWhole ? value.longValue() : 0;
    return tokens > 0 && tokens < MOST_TOKENS ? tokens : null;
  }
}
