package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the errors of providers have in common.
public final class Troubles {
  private static final int MAX_MESSAGE = 4_000;

  private Troubles() {}

  /// A member of an error body; an empty object if the body is none, as a proxy's page is.
  public static JsonNode member(byte[] body, String name) {
    try {
      return Tree.object(Tree.parse(body), name);
    } catch (DialectException notJson) {
      // The status alone must do.
      return Tree.object();
    }
  }

  /// An error with the provider's words, or ours where it has none.
  public static Trouble of(int status, Trouble.Kind kind, String message) {
    var told = message.isEmpty() ? "the provider answered with status " + status : message;
    var cut = told.length() > MAX_MESSAGE ? told.substring(0, MAX_MESSAGE) : told;
    return new Trouble(status, kind, cut, code(kind, message), null);
  }

  private static @Nullable String code(Trouble.Kind kind, String message) {
    boolean tooLong =
        (kind == Trouble.Kind.INVALID || kind == Trouble.Kind.TOO_LARGE)
            && ProviderError.tellsOfLength(message);
    return tooLong ? Trouble.CONTEXT_LENGTH : null;
  }
}
