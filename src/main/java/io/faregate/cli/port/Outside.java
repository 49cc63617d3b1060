package io.faregate.cli.port;

import io.faregate.cli.terminal.Terminal;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/// All that the commands know of the world around them.
///
/// @param chance that nobody can guess, for keys
/// @param variables the environment variables
public record Outside(
    Servers servers,
    StoreOpener stores,
    BodyReader bodies,
    ProviderProbe providers,
    Terminal terminal,
    InstantSource clock,
    RandomGenerator chance,
    Map<String, String> variables) {
  public Outside {
    variables = Map.copyOf(variables);
  }
}
