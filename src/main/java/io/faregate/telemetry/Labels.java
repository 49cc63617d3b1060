package io.faregate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Attributes made once for each value and kept, since making them costs more than counting. At
/// most `most` values are told apart and all later ones are `other`, so that no caller can grow the
/// series without bound. Any thread may ask.
final class Labels<K> {
  private final Map<K, Attributes> known = new ConcurrentHashMap<>();
  private final int most;
  private final Attributes other;
  private final Function<K, Attributes> make;

  Labels(int most, Attributes other, Function<K, Attributes> make) {
    this.most = most;
    this.other = other;
    this.make = make;
  }

  /// One label with the value itself.
  static Labels<String> of(String label, int most) {
    var key = AttributeKey.stringKey(label);
    return new Labels<>(most, Attributes.of(key, "other"), value -> Attributes.of(key, value));
  }

  /// The attributes of a value.
  Attributes of(K value) {
    var attributes = known.get(value);
    if (attributes != null) {
      return attributes;
    }
    return known.size() >= most ? other : known.computeIfAbsent(value, make);
  }
}
