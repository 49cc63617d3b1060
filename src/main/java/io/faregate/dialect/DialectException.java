package io.faregate.dialect;

import org.jspecify.annotations.Nullable;

/// A body that is not what its dialect says it is. The message is for the one who sent it, and
/// holds nothing of what was sent.
public final class DialectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String param;

  /// @param param the field at fault, or null
  public DialectException(String message, @Nullable String param) {
    super(message);
    this.param = param;
  }

  /// @param cause what the parser said; its text may quote the body and is never shown
  public DialectException(String message, Throwable cause) {
    super(message, cause);
    this.param = null;
  }

  /// The field at fault, or null.
  public @Nullable String param() {
    return param;
  }
}
