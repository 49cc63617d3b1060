package io.faregate.dialect.translate.hub;

import org.jspecify.annotations.Nullable;

/// Which tools the model may or must call.
///
/// @param name of the one tool that must be called, for [Mode#NAMED]
public record ToolChoice(Mode mode, @Nullable String name) {
  public ToolChoice {
    if ((mode == Mode.NAMED) != (name != null)) {
      throw new IllegalArgumentException("a name belongs to a named choice and to no other");
    }
  }

  /// A choice without a name.
  public static ToolChoice of(Mode mode) {
    return new ToolChoice(mode, null);
  }

  /// A choice of one tool.
  public static ToolChoice named(String name) {
    return new ToolChoice(Mode.NAMED, name);
  }

  /// How free the model is.
  public enum Mode {
    /// It may call tools.
    AUTO,
    /// It must call one or more.
    REQUIRED,
    /// It must not.
    NONE,
    /// It must call that one.
    NAMED
  }
}
