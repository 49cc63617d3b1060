package io.faregate.dialect.carry;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.Body;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;

/// Chooses how an attempt is carried, by the protocol of its client and the API of its provider.
/// Each pair has its line here and its word in [Api]; what has none never comes this far, since the
/// router passes such models over.
public final class Carriages {
  private Carriages() {}

  /// The way of one attempt.
  ///
  /// @param dialect the client's
  /// @param api the provider's
  /// @param changes what is changed of the body before it goes
  /// @throws IllegalArgumentException for a pair that cannot be carried
  public static Carriage of(Dialect dialect, Api api, Body body, Body.Changes changes) {
    if (!api.carries(dialect.protocol())) {
      throw new IllegalArgumentException(dialect.protocol() + " cannot be carried to " + api);
    }
    return switch (api) {
      case OPENAI -> toOpenAi(dialect, body, changes);
      case ANTHROPIC -> toAnthropic(dialect, body, changes);
      case GEMINI, BEDROCK -> throw untranslated(dialect, api);
    };
  }

  private static Carriage toOpenAi(Dialect dialect, Body body, Body.Changes changes) {
    return switch (dialect.protocol()) {
      case CHAT, RESPONSES, EMBEDDINGS -> new Straight(dialect, body, changes);
      case MESSAGES -> throw untranslated(dialect, Api.OPENAI);
    };
  }

  private static Carriage toAnthropic(Dialect dialect, Body body, Body.Changes changes) {
    return switch (dialect.protocol()) {
      case MESSAGES -> new Straight(dialect, body, changes);
      case CHAT, RESPONSES, EMBEDDINGS -> throw untranslated(dialect, Api.ANTHROPIC);
    };
  }

  private static IllegalArgumentException untranslated(Dialect dialect, Api api) {
    Protocol protocol = dialect.protocol();
    return new IllegalArgumentException("%s is not translated to %s".formatted(protocol, api));
  }
}
