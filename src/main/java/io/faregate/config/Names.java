package io.faregate.config;

import io.faregate.config.yaml.Mapping;
import java.util.List;

/// The names that a file defines, whether or not what they name is right: a mistake in one place is
/// not reported again wherever the place is named.
///
/// @param tiers cheapest first
record Names(
    List<String> providers,
    List<String> tiers,
    List<String> tasks,
    List<String> plans,
    List<String> workflows) {
  /// The task or plan that a file gets if it has none of its own.
  static final String DEFAULT = "default";

  static Names of(Mapping file) {
    return new Names(
        keys(file, "providers", List.of()),
        keys(file, "tiers", List.of()),
        keys(file, "tasks", List.of(DEFAULT)),
        keys(file, "plans", List.of(DEFAULT)),
        keys(file, "workflows", List.of()));
  }

  private static List<String> keys(Mapping file, String section, List<String> otherwise) {
    var item = file.item(section);
    if (item == null) {
      return otherwise;
    }
    return item.isMapping() ? List.copyOf(item.mapping().all().keySet()) : List.of();
  }
}
