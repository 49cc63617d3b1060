package io.faregate.gateway.health;

import io.faregate.call.ModelId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a model stands, for reports.
///
/// @param since when it came to that
/// @param until when calls go there again by themselves; null when they do, or when only an attempt
///   tells
/// @param reason what was last seen, or null when nothing is wrong
/// @param consecutiveFailures failed attempts since it last answered
public record HealthState(
    ModelId model,
    Standing standing,
    Instant since,
    @Nullable Instant until,
    @Nullable String reason,
    int consecutiveFailures) {

  /// Whether calls go to a model.
  public enum Standing {
    /// They do.
    CLOSED,
    /// They do not: it failed too often.
    OPEN,
    /// One at a time does, to see whether it answers again.
    HALF_OPEN,
    /// They do not: it asked for fewer.
    RATE_LIMITED;

    /// The name in columns and JSON: `half_open`, ...
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
