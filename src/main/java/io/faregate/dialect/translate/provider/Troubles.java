package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the errors of providers have in common.
public final class Troubles {
  /// How providers say that the input is too long, for those that have no code for it.
  private static final List<String> TOO_LONG =
      List.of(
          "context_length",
          "context length",
          "context window",
          "prompt is too long",
          "input is too long",
          "exceeds the maximum number of tokens",
          "maximum number of input tokens");

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
    var lower = message.toLowerCase(Locale.ROOT);
    boolean tooLong =
        (kind == Trouble.Kind.INVALID || kind == Trouble.Kind.TOO_LARGE)
            && TOO_LONG.stream().anyMatch(lower::contains);
    return tooLong ? Trouble.CONTEXT_LENGTH : null;
  }
}
