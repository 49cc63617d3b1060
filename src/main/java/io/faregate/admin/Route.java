package io.faregate.admin;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.function.Function;

/// A path of the admin port, and what answers there.
///
/// @param path as OpenAPI writes it; it may end in `{id}`
/// @param open whether anyone may ask, as probes must
record Route(String path, boolean open, Function<Asked, Future<Answer>> answer) {
  private static final String ID = "{id}";

  /// What was asked: the value in the place of `{id}`, or an empty text, and the parameters.
  record Asked(String id, MultiMap parameters) {}

  /// The value in the place of `{id}`, empty text for a path without; nothing if another path is
  /// asked for.
  Optional<String> match(String asked) {
    if (!path.endsWith(ID)) {
      return asked.equals(path) ? Optional.of("") : Optional.empty();
    }
    var beginning = path.substring(0, path.length() - ID.length());
    if (!asked.startsWith(beginning)) {
      return Optional.empty();
    }
    var id = asked.substring(beginning.length());
    return id.isEmpty() || id.indexOf('/') >= 0 ? Optional.empty() : Optional.of(id);
  }
}
