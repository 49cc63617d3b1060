package io.faregate.call;

import java.util.Locale;

/// Where a name in a call came from, in the order in which the sources are believed.
public enum Source {
  HEADER,
  METADATA,
  MODEL_NAME,
  STEP,
  KEY,
  CLASSIFIER,
  DEFAULT;

  /// The name in columns and JSON: `header`, `model_name`, ...
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
