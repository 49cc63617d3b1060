package io.faregate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A line of a golden file: what it is, the words after that, and pairs `name=value` among them.
public record Words(String kind, List<String> rest, Map<String, String> pairs) {
  /// Reads a line.
  public static Words of(String line) {
    var words = Arrays.asList(line.strip().split("\\s+"));
    var pairs = new LinkedHashMap<String, String>();
    var rest = words.subList(1, words.size()).stream().filter(word -> !word.contains("=")).toList();
    for (var word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        pairs.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return new Words(words.getFirst(), rest, pairs);
  }

  /// The value of a pair, or null.
  public @Nullable String text(String name) {
    return pairs.get(name);
  }

  /// The value of a pair, or another one.
  public String text(String name, String absent) {
    return pairs.getOrDefault(name, absent);
  }

  /// The number of a pair, or null.
  public @Nullable Long number(String name) {
    var text = pairs.get(name);
    return text == null ? null : Long.valueOf(text);
  }

  /// The number of a pair, or another one.
  public long number(String name, long absent) {
    var number = number(name);
    return number == null ? absent : number;
  }

  /// The values of a pair between commas; none if it is absent.
  public List<String> list(String name) {
    var text = pairs.get(name);
    return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  /// Whether a word stands alone in the line.
  public boolean has(String word) {
    return rest.contains(word);
  }
}
