package io.faregate;

import java.nio.file.Path;

/// One breach of a rule: the file from the project's folder, the line counted from 1, and a
/// sentence that says what to mend.
record Offence(Path file, long line, String message) {
  @Override
  public String toString() {
    return "%s:%d: %s".formatted(file, line, message);
  }
}
