package io.faregate.policy;

import io.faregate.call.Caller;
import io.faregate.call.ModelId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key of the configuration, of which only the SHA-256 (lower-case hex) is known; two while it is
/// being rotated.
///
/// @param ratePerMinute most calls in a minute, or null
/// @param concurrency most calls at once, or null
/// @param expiresAt from then on it is refused, or null
public record Key(
    Caller caller,
    List<String> sha256,
    @Nullable Long ratePerMinute,
    @Nullable Integer concurrency,
    @Nullable Instant expiresAt,
    Limits.Budgets budgets) {
  public Key {
    sha256 = List.copyOf(sha256);
  }

  /// The name that rows and limits have.
  public String name() {
    return caller.key();
  }

  /// The only models that may serve it; empty means all.
  public List<ModelId> models() {
    return caller.models();
  }
}
