package io.faregate.money;

import org.jspecify.annotations.Nullable;

/// How a provider is asked to serve a call, or says that it served one, as far as its prices depend
/// on it; all as its dialect names it.
///
/// @param tier the service tier (`priority`, `fast`, ...), or null for the usual one
/// @param geo the only place where the model may run (`us`), or null for any
public record Service(@Nullable String tier, @Nullable String geo) {
  /// Nothing is asked for, or said.
  public static final Service USUAL = new Service(null, null);

  /// At a service tier, wherever; null or empty is the usual one.
  public static Service at(@Nullable String tier) {
    return tier == null || tier.isEmpty() ? USUAL : new Service(tier, null);
  }

  /// The same in one place only; null or empty is any.
  public Service within(@Nullable String geo) {
    return geo == null || geo.isEmpty() ? this : new Service(tier, geo);
  }
}
