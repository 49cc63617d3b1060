package io.faregate.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which address of the data port a path means. A path is looked up as it stands: nothing is
/// decoded or tidied up, so what is judged is what is served. Source: CLIENTS §1, RELIABILITY C11.
final class Paths {
  private static final List<String> PREFIXES =
      List.of("/openai/v1", "/anthropic/v1", "/v1/v1", "/v1", "");

  private static final Map<String, Route> ROUTES =
      Map.of(
          "/chat/completions", Route.CHAT,
          "/models", Route.MODELS,
          "/responses", Route.LATER,
          "/embeddings", Route.LATER,
          "/messages", Route.LATER,
          "/messages/count_tokens", Route.LATER,
          "/faregate/feedback", Route.LATER);

  private static final String MODEL = "/models/";

  private Paths() {}

  /// What a path asks for.
  enum Route {
    CHAT,
    MODELS,
    MODEL,
    /// An address of the contract that this version does not serve yet.
    LATER
  }

  /// The address of a path, if it has one.
  static Optional<Route> route(String path) {
    for (var prefix : PREFIXES) {
      if (path.startsWith(prefix)) {
        var rest = path.substring(prefix.length());
        var route = ROUTES.get(rest);
        if (route != null) {
          return Optional.of(route);
        }
        if (rest.startsWith(MODEL) && rest.length() > MODEL.length()) {
          return Optional.of(Route.MODEL);
        }
      }
    }
    return Optional.empty();
  }

  /// The name of the model that a [Route#MODEL] path asks for.
  static String model(String path) {
    return path.substring(path.indexOf(MODEL) + MODEL.length());
  }

  /// The address that somebody probably meant.
  static String nearest(String path) {
    for (var route : ROUTES.keySet()) {
      if (path.contains(route)) {
        return "/v1" + route;
      }
    }
    return "/v1/chat/completions";
  }
}
