package io.faregate.cli.port;

import io.faregate.config.Configuration;
import io.faregate.config.ProviderSettings;
import java.util.Optional;

/// Asks a provider whether it knows us.
public interface ProviderProbe {
  /// Sends a request that asks for nothing, and so costs nothing, on the way that calls take. It
  /// blocks for some seconds at most.
  ///
  /// @return why no call would succeed there, without anything secret; empty if one might
  Optional<String> trouble(Configuration configuration, ProviderSettings provider);
}
