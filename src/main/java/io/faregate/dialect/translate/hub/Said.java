package io.faregate.dialect.translate.hub;

import io.faregate.dialect.DialectException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A part of what a model answers.
public sealed interface Said {
  /// Text.
  record Text(String text) implements Said {}

  /// What it thought before it spoke.
  ///
  /// @param signature by which its provider knows it again, or null
  /// @param sealed what only its provider can read, or null
  record Thought(String text, @Nullable String signature, @Nullable String sealed)
      implements Said {}

  /// A call of a tool.
  ///
  /// @param id as the model, or we in its place, named it
  /// @param arguments as the model wrote them: at an output limit they break off, and small models
  ///   write what is no JSON
  record Call(String id, String name, String arguments) implements Said {
    /// The arguments as an object, or null if they are none.
    public @Nullable ObjectNode input() {
      try {
        return Tree.arguments(arguments, "arguments");
      } catch (DialectException cut) {
        // Its dialect decides what to tell the client.
        return null;
      }
    }
  }
}
