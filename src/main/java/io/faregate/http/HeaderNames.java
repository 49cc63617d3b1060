package io.faregate.http;

import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.stream.Stream;

/// Names of headers to look for in each request: their hash is computed once, not each time.
final class HeaderNames {
  private HeaderNames() {}

  static CharSequence of(String name) {
    return HttpHeaders.createOptimized(name);
  }

  static List<CharSequence> all(String... names) {
    return Stream.of(names).map(HttpHeaders::createOptimized).toList();
  }
}
