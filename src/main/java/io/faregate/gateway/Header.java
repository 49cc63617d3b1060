package io.faregate.gateway;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A header of HTTP; the name is in lower case.
public record Header(String name, String value) {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

  /// The value of the first header of that name, or null.
  public static @Nullable String value(List<Header> headers, String name) {
    for (var header : headers) {
      if (header.name().equals(name)) {
        return header.value();
      }
    }
    return null;
  }

  /// How long a provider asks to be left alone, or null.
  public static @Nullable Duration retryAfter(List<Header> headers) {
    var text = value(headers, "retry-after");
    return text != null && SECONDS.matcher(text).matches()
        ? Duration.ofSeconds(Long.parseLong(text))
        : null;
  }
}
