package io.faregate.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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

  /// What the system said, in words; many of its exceptions hold no more than a path.
  static String cause(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getFile() + " may not be read or written";
      case FileAlreadyExistsException file -> file.getFile() + " is a file and not a folder";
      case FileSystemException named when named.getReason() != null -> named.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
