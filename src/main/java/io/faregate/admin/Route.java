package io.faregate.admin;

import io.faregate.audit.Document;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// A path of the admin port, and what answers there.
///
/// @param method the only one that is answered; a path that is read also answers HEAD
/// @param path as OpenAPI writes it; it may end in `{id}`
/// @param open whether anyone may ask, as probes must
record Route(HttpMethod method, String path, boolean open, Function<Asked, Future<Answer>> answer) {
  private static final String ID = "{id}";

  /// What was asked: the value in the place of `{id}`, or an empty text, the parameters, which are
  /// read when they are needed, and what is to be changed, without fields where something is only
  /// read.
  record Asked(String id, Supplier<MultiMap> query, Document change) {
    /// The parameters.
    ///
    /// @throws AdminException if they cannot be read
    MultiMap parameters() {
      try {
        return query.get();
      } catch (IllegalArgumentException broken) {
        throw new AdminException(
            400,
            "faregate_bad_request",
            "what stands behind ? cannot be read",
            "write each % as %25, or leave it out");
      }
    }
  }

  /// A path to read from.
  Route(String path, boolean open, Function<Asked, Future<Answer>> answer) {
    this(HttpMethod.GET, path, open, answer);
  }

  /// A path that changes something. It is never open.
  static Route change(String path, Function<Asked, Future<Answer>> answer) {
    return new Route(HttpMethod.POST, path, false, answer);
  }

  /// Whether it is asked with that method.
  boolean takes(HttpMethod asked) {
    return asked.equals(method) || (!changes() && asked.equals(HttpMethod.HEAD));
  }

  /// Whether it changes something.
  boolean changes() {
    return method.equals(HttpMethod.POST);
  }

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
