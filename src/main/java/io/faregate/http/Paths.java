package io.faregate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which address of the data port a path means. A path is looked up as it stands: nothing is
/// decoded or tidied up, so what is judged is what is served; only the name of a model, which is
/// looked up in a list, may be encoded. Source: CLIENTS §1, RELIABILITY C11.
final class Paths {
  private static final String TWICE = "/v1/v1";
  private static final List<String> PREFIXES =
      List.of("/openai/v1", "/anthropic/v1", TWICE, "/v1", "");

  private static final Map<String, Route> ROUTES =
      Map.of(
          "/chat/completions", Route.CHAT,
          "/models", Route.MODELS,
          "/responses", Route.RESPONSES,
          "/embeddings", Route.EMBEDDINGS,
          "/messages", Route.MESSAGES,
          "/messages/count_tokens", Route.COUNT,
          "/faregate/feedback", Route.LATER);

  private static final String MODEL = "/models/";

  private Paths() {}

  /// What a path asks for.
  enum Route {
    CHAT,
    RESPONSES,
    EMBEDDINGS,
    MESSAGES,
    /// How many tokens a call of Messages would have.
    COUNT,
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

  /// Whether the path begins with `/v1` twice, because it stands in the base URL of a client that
  /// adds it.
  static boolean twice(String path) {
    return path.startsWith(TWICE + "/");
  }

  /// The name of the model that a [Route#MODEL] path asks for. Clients encode the slash that most
  /// names have, and the colon of some.
  static String model(String path) {
    var encoded = path.substring(path.indexOf(MODEL) + MODEL.length());
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return encoded;
    }
  }

  /// Whether a whole address was given to a client as its base, so that two stand there.
  static boolean addressAsBase(String path) {
    return ROUTES.keySet().stream()
        .anyMatch(route -> {
          int at = path.indexOf(route + "/");
          var rest = at < 0 ? "" : path.substring(at + route.length());
          return ROUTES.keySet().stream().anyMatch(rest::endsWith);
        });
  }

  /// The address that somebody probably meant: the longest that the path has in it, else the one
  /// with the most letters in common.
  static String nearest(String path) {
    var found =
        ROUTES.keySet().stream()
            .filter(path::contains)
            .max(Comparator.comparingInt(String::length));
    return "/v1" + found.orElseGet(() -> likest(path));
  }

  private static String likest(String path) {
    var last = path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
    return ROUTES.keySet().stream()
        .filter(route -> ROUTES.get(route) != Route.LATER)
        .filter(route -> common(route.substring(1), last) >= 4)
        .max(Comparator.comparingInt(route -> common(route.substring(1), last)))
        .orElse("/chat/completions");
  }

  /// How many letters two words begin with alike.
  private static int common(String one, String other) {
    int most = Math.min(one.length(), other.length());
    int at = 0;
    while (at < most && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }
}
