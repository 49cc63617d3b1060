package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// Tells commands where the server that runs on a data directory can be asked: `server.json` in it.
final class ServerFile implements AutoCloseable {
  private static final String NAME = "server.json";

  private final Path file;

  /// Whether there is one: a server runs, or has not stopped in order.
  static boolean isIn(Path data) {
    return Files.exists(data.resolve(NAME));
  }

  /// @param admin the URL of the admin port
  /// @param startedAt as `/healthz` tells it there: another server may take the port over
  ServerFile(Path data, String admin, Instant startedAt) {
    this.file = data.resolve(NAME);
    try {
      var text = "{\"admin\": \"%s\", \"started_at\": \"%s\"}%n".formatted(admin, startedAt);
      Files.write(file, text.getBytes(UTF_8));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("write the address of this server to " + file, unwritable);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("remove " + file, unwritable);
    }
  }
}
