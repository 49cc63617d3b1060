package io.faregate.config.prices;

import io.faregate.config.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/// The excerpts of published lists among the resources of the tests.
public final class Lists {
  /// Where they stand.
  public static final Path FOLDER = Path.of("src/test/resources/prices");

  static final LocalDate SEEN = LocalDate.of(2026, 11, 24);

  private Lists() {}

  /// One of them, seen on the usual day.
  static PriceSnapshot read(String file) {
    return read(file, SEEN);
  }

  static PriceSnapshot read(String file, LocalDate seen) {
    try {
      var problems = new Problems(file);
      return SnapshotReader.read(Files.readAllBytes(FOLDER.resolve(file)), null, seen, problems)
          .orElseThrow(() -> new AssertionError(problems.all()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("read " + file, unreadable);
    }
  }
}
