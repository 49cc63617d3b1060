package io.faregate.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A header of HTTP; the name is in lower case.
public record Header(String name, String value) {
  /// The value of the first header of that name, or null.
  public static @Nullable String value(List<Header> headers, String name) {
    for (var header : headers) {
      if (header.name().equals(name)) {
        return header.value();
      }
    }
    return null;
  }
}
