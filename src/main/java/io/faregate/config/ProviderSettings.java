package io.faregate.config;

import io.faregate.call.Api;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where and how a provider is reached.
///
/// @param url what paths are appended to, without a slash at its end
/// @param keys none for a provider that asks for none; several share the load
/// @param headers sent with every request
/// @param region of a cloud that has several, or null
/// @param apiVersion asked for in a header or parameter, or null for the dialect's own
/// @param proxy the HTTP proxy on the way there, or null
/// @param ca the authorities to believe instead of the usual ones, in PEM; or null
/// @param abandoned what an attempt counts that was cut off before its usage came
public record ProviderSettings(
    String name,
    Api api,
    URI url,
    List<Secret> keys,
    Map<String, Secret> headers,
    @Nullable String region,
    @Nullable String apiVersion,
    @Nullable URI proxy,
    @Nullable String ca,
    Abandoned abandoned) {
  public ProviderSettings {
    keys = List.copyOf(keys);
    headers = Map.copyOf(headers);
  }

  /// What an attempt counts that was cut off before its usage came.
  public enum Abandoned {
    /// The most it can have cost.
    BOUND,
    /// What had been seen of it.
    SEEN
  }
}
