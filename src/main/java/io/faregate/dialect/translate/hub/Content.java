package io.faregate.dialect.translate.hub;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A part of what somebody says.
public sealed interface Content {
  /// Where a stretch that the provider may cache ends, or null.
  @Nullable CacheMark cache();

  /// Text.
  ///
  /// @param cache where a stretch that the provider may cache ends, or null
  record Text(String text, @Nullable CacheMark cache) implements Content {
    /// Text without a mark.
    public Text(String text) {
      this(text, null);
    }
  }

  /// An image by value.
  ///
  /// @param mediaType such as `image/png`
  /// @param base64 its bytes
  record Image(String mediaType, String base64, @Nullable CacheMark cache) implements Content {}

  /// An image that the provider fetches.
  record ImageUrl(String url, @Nullable CacheMark cache) implements Content {}

  /// A call of a tool by the model.
  ///
  /// @param id as the model, or we in its place, named it
  record ToolCall(String id, String name, ObjectNode arguments, @Nullable CacheMark cache)
      implements Content {}

  /// What a tool gave.
  record ToolResult(ToolOutput output, @Nullable CacheMark cache) implements Content {}

  /// What the model thought before it spoke.
  ///
  /// @param signature by which its provider knows it again, or null
  /// @param sealed what only its provider can read, or null
  record Thought(String text, @Nullable String signature, @Nullable String sealed)
      implements Content {
    @Override
    public @Nullable CacheMark cache() {
      return null;
    }
  }
}
