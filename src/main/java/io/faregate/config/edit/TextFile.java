package io.faregate.config.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of text that others read while it is changed.
public final class TextFile {
  /// A new file may be read by the server, which may run as somebody else.
  private static final Set<PosixFilePermission> NEW = PosixFilePermissions.fromString("rw-r--r--");

  private TextFile() {}

  /// Puts a text in the place of the one that is there, at once, so that nobody reads half of it.
  ///
  /// @param before what the new text was made from; null where there was no file
  /// @return false, and nothing is changed, if the file holds something else by now
  public static boolean replace(Path path, @Nullable String before, String after)
      throws IOException {
    var file = before == null ? path.toAbsolutePath() : path.toRealPath();
    var fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".faregate-", ".yaml");
    try {
      Files.writeString(fresh, after, UTF_8);
      if (before == null) {
        if (Files.exists(file)) {
          return false;
        }
        permit(fresh, NEW);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
      permit(fresh, isPosix(file) ? Files.getPosixFilePermissions(file) : NEW);
      if (!Files.readString(file, UTF_8).equals(before)) {
        return false;
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  private static boolean isPosix(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix");
  }
}
