package io.faregate.dialect.anthropic;

import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import tools.jackson.databind.JsonNode;

/// Errors in Anthropic's words. Source: Messages API, errors; anthropic SDK issues.
public final class AnthropicErrors {
  private AnthropicErrors() {}

  /// An error body.
  public static Trouble trouble(int status, byte[] body) {
    return trouble(status, Tree.object(Tree.parseOrEmpty(body), "error"));
  }

  /// An error object.
  ///
  /// @param status 0 inside a stream that had begun
  public static Trouble trouble(int status, JsonNode error) {
    var message = Tree.string(error, "message");
    return Trouble.of(status, kind(status, Tree.string(error, "type"), message), message);
  }

  private static Trouble.Kind kind(int status, String type, String message) {
    var named = Trouble.Kind.named(type);
    if (named == null) {
      return status == 0 ? Trouble.Kind.SERVER : Trouble.Kind.of(status);
    }
    if (named != Trouble.Kind.INVALID) {
      return named;
    }
    // That an account is empty has no type of its own.
    if (message.contains("credit balance is too low")) {
      return Trouble.Kind.BILLING;
    }
    return status == 0 ? named : Trouble.Kind.of(status);
  }
}
