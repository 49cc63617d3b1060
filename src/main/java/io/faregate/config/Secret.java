package io.faregate.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key, token or password. It has no text form, so that it cannot slip into a message, a log or a
/// document: who needs it says [#reveal].
public final class Secret {
  private final String value;
  private final @Nullable Path file;

  private Secret(String value, @Nullable Path file) {
    this.value = value;
    this.file = file;
  }

  /// A secret of the file itself or of the environment.
  public static Secret of(String value) {
    return new Secret(value, null);
  }

  /// A secret that was read from a file, and is read again when the file changes.
  public static Secret of(String value, Path file) {
    return new Secret(value, file);
  }

  /// The secret itself.
  public String reveal() {
    return value;
  }

  /// The file it came from; empty for one that cannot change while the process runs.
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /// Whether the text is this secret, in a time that does not tell how much of it is right.
  public boolean is(String text) {
    return MessageDigest.isEqual(value.getBytes(UTF_8), text.getBytes(UTF_8));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && is(secret.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
