package io.faregate.journal;

import org.jspecify.annotations.Nullable;

/// The journal cannot be opened, read or extended. The message names the directory or the file and
/// offset, and says what to do.
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A sentence for people, and what caused it, if anything did.
  public JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// A sentence for people.
  public JournalException(String message) {
    this(message, null);
  }
}
