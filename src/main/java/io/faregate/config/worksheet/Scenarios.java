package io.faregate.config.worksheet;

import io.faregate.call.Segment;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Nearest;
import io.faregate.money.ServiceTier;
import io.faregate.worksheet.plan.Adjustment;
import io.faregate.worksheet.plan.Change;
import io.faregate.worksheet.plan.Change.Figure;
import io.faregate.worksheet.plan.Change.Piece;
import io.faregate.worksheet.plan.Scenario;
import io.faregate.worksheet.plan.Scenario.Scoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a scenario: what is different in every route, in those of a workflow, or in one.
final class Scenarios {
  private final Targets targets;
  private final LocalDate day;
  private final Map<String, Set<String>> steps;

  /// @param day of the worksheet
  /// @param steps of the worksheet, by workflow
  Scenarios(Targets targets, LocalDate day, Map<String, Set<String>> steps) {
    this.targets = targets;
    this.day = day;
    this.steps = steps;
  }

  Scenario read(Mapping file, Function<LocalDate, Targets> targetsOn) {
    var other = file.read("prices", Amounts::day);
    var then = other == null || other.equals(day) ? targets : targetsOn.apply(other);
    var changes = new ArrayList<Scoped>();
    var every = file.item("every");
    if (every != null) {
      changes.add(new Scoped(null, null, change(every.mapping(), then)));
    }
    var narrower = new ArrayList<Scoped>();
    file.mapping("routes")
        .all()
        .forEach((name, item) -> {
          var scoped = scoped(name, file.mapping("routes").key(name), change(item.mapping(), then));
          if (scoped != null) {
            (scoped.step() == null ? changes : narrower).add(scoped);
          }
        });
    changes.addAll(narrower);
    if (changes.isEmpty() && !file.has("prices")) {
      file.item()
          .errorAtKey(
              file.item().path() + " changes nothing",
              "say what is different: every: { first: premium }");
    }
    file.end();
    return new Scenario(other, changes);
  }

  /// The change under `workflow` or `workflow/step`.
  private @Nullable Scoped scoped(String name, Item key, Change change) {
    var found = new ArrayList<Scoped>();
    if (steps.containsKey(name)) {
      found.add(new Scoped(name, null, change));
    }
    var slash = name.indexOf('/');
    for (int end = slash; end >= 0; end = name.indexOf('/', end + 1)) {
      var step = name.substring(end + 1);
      if (steps.getOrDefault(name.substring(0, end), Set.of()).contains(step)) {
        found.add(new Scoped(name.substring(0, end), step, change));
      }
    }
    if (found.size() > 1) {
      key.error(
          Item.shown(name) + " is the name of more than one route here",
          "rename a workflow or a step, so that no two names read alike");
      return null;
    }
    if (!found.isEmpty()) {
      return found.getFirst();
    }
    var names =
        steps.entrySet().stream()
            .flatMap(each ->
                slash < 0
                    ? Stream.of(each.getKey())
                    : each.getValue().stream().map(inner -> each.getKey() + "/" + inner))
            .sorted()
            .toList();
    key.error(
        "no route %s is in this worksheet".formatted(Item.shown(name)), Nearest.fix(name, names));
    return null;
  }

  private static Change change(Mapping file, Targets targets) {
    var first = file.read("first", targets::read);
    var without = new ArrayList<Piece>();
    var fallbackItem = file.item("fallback");
    var fallback = fallbackItem == null || isNone(fallbackItem) ? null : targets.read(fallbackItem);
    if (fallbackItem != null && isNone(fallbackItem)) {
      without.add(Piece.FALLBACK);
    }
    var check = file.item("check");
    if (check != null) {
      if (isNone(check)) {
        without.add(Piece.CHECK);
      } else {
        check.error("a scenario can only take a check away", "write check: none");
      }
    }
    var segments = segments(file);
    var service = file.read("service", item -> item.word(ServiceTier.class));
    var change =
        new Change(
            first, fallback, without, numbers(file), segments, Shapes.caching(file), service);
    file.end();
    return change;
  }

  private static boolean isNone(Item item) {
    return !item.isMapping() && Targets.NONE.equals(item.text());
  }

  private static Map<Segment, Adjustment> segments(Mapping file) {
    var input = file.item("input_tokens");
    return input != null && input.isMapping()
        ? Shapes.bySegment(input, Amounts::otherTokens)
        : Map.of();
  }

  private static Map<Figure, Adjustment> numbers(Mapping file) {
    var numbers = new EnumMap<Figure, Adjustment>(Figure.class);
    for (var figure : Figure.values()) {
      var item = file.item(figure.word());
      if (item != null && !item.isMapping()) {
        var adjustment = reader(figure).apply(item);
        if (adjustment != null) {
          numbers.put(figure, adjustment);
        }
      }
    }
    return numbers;
  }

  private static Function<Item, @Nullable Adjustment> reader(Figure figure) {
    return switch (figure) {
      case REQUESTS -> Amounts::otherCalls;
      case INPUT_TOKENS, OUTPUT_TOKENS -> Amounts::otherTokens;
      case RETRY_RATE, FALLBACK_RETRY_RATE, FALLBACK_RATE, FAILURE_RATE, CORRECTION_RATE ->
          Amounts::otherShare;
    };
  }
}
