package io.faregate.config.prices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A rule of genai-prices that says which names mean a model. Letters count alike, big or small.
sealed interface NameRule {
  /// Whether the rule means that name.
  boolean fits(String name);

  /// The names that the rule spells out.
  default Stream<String> exact() {
    return Stream.empty();
  }

  /// Exactly this.
  record Equal(String text) implements NameRule {
    @Override
    public boolean fits(String name) {
      return lower(name).equals(lower(text));
    }

    @Override
    public Stream<String> exact() {
      return Stream.of(text);
    }
  }

  /// How a part stands in a name.
  enum Place {
    START,
    END,
    ANYWHERE
  }

  /// This part, at its place.
  record Part(Place place, String text) implements NameRule {
    @Override
    public boolean fits(String name) {
      return switch (place) {
        case START -> lower(name).startsWith(lower(text));
        case END -> lower(name).endsWith(lower(text));
        case ANYWHERE -> lower(name).contains(lower(text));
      };
    }
  }

  /// One of these rules.
  record Any(List<NameRule> rules) implements NameRule {
    @Override
    public boolean fits(String name) {
      return rules.stream().anyMatch(rule -> rule.fits(name));
    }

    @Override
    public Stream<String> exact() {
      return rules.stream().flatMap(NameRule::exact);
    }
  }

  /// All of these rules.
  record All(List<NameRule> rules) implements NameRule {
    @Override
    public boolean fits(String name) {
      return rules.stream().allMatch(rule -> rule.fits(name));
    }
  }

  /// The rule as the list writes it. Empty for one of another kind, such as a regular expression,
  /// which a stranger could make to run for hours.
  static Optional<NameRule> read(JsonNode rule) {
    if (!rule.isObject() || rule.size() != 1) {
      return Optional.empty();
    }
    var entry = rule.properties().iterator().next();
    var value = entry.getValue();
    return switch (entry.getKey()) {
      case "equals" -> text(value).map(Equal::new);
      case "starts_with" -> text(value).map(text -> new Part(Place.START, text));
      case "ends_with" -> text(value).map(text -> new Part(Place.END, text));
      case "contains" -> text(value).map(text -> new Part(Place.ANYWHERE, text));
      case "or" -> Optional.of(new Any(rules(value)));
      case "and" -> {
        var rules = rules(value);
        yield rules.size() == value.size() && !rules.isEmpty()
            ? Optional.of(new All(rules))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static List<NameRule> rules(JsonNode list) {
    var rules = new ArrayList<NameRule>();
    list.forEach(rule -> read(rule).ifPresent(rules::add));
    return rules;
  }

  private static Optional<String> text(JsonNode value) {
    return value.isString() && !value.stringValue().isEmpty()
        ? Optional.of(value.stringValue())
        : Optional.empty();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
