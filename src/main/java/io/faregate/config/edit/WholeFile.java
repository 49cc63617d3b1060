package io.faregate.config.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file that others read while it is changed. Another one is written beside it and moved over it
/// at once: nobody reads half of it, and it stays as it is until the other is complete. Who may
/// read it stays the same.
public final class WholeFile {
  /// A new file may be read by the server, which may run as somebody else.
  private static final Set<PosixFilePermission> NEW = PosixFilePermissions.fromString("rw-r--r--");

  private WholeFile() {}

  /// What a file is to hold.
  @FunctionalInterface
  public interface Content {
    /// Writes all of it.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Whether a file is still as it has to be.
  @FunctionalInterface
  private interface Check {
    boolean holds(Path file) throws IOException;
  }

  /// Puts a content in the place of the one that is there, if any is.
  public static void replace(Path path, Content content) throws IOException {
    var _ = replace(path, content, null, file -> true);
  }

  /// Puts a text in the place of the one that is there.
  ///
  /// @param before what the new text was made from; null where there was no file
  /// @return false, and nothing is changed, if the file holds something else by now
  public static boolean replace(Path path, @Nullable String before, String after)
      throws IOException {
    return replace(
        path,
        out -> out.write(after.getBytes(UTF_8)),
        NEW,
        file ->
            before == null ? !Files.exists(file) : Files.readString(file, UTF_8).equals(before));
  }

  /// @param ofNew who may read a file that is new; null for whom the mask of the process lets
  private static boolean replace(
      Path path, Content content, @Nullable Set<PosixFilePermission> ofNew, Check check)
      throws IOException {
    var file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    var fresh = file.resolveSibling(".faregate-" + UUID.randomUUID() + ".part");
    try {
      try (var out = Files.newOutputStream(fresh, StandardOpenOption.CREATE_NEW);
          var buffered = new BufferedOutputStream(out)) {
        // Before anything is in it, and while it is open, for it may become one to read only.
        permit(fresh, Files.exists(file) ? permissions(file) : ofNew);
        content.writeTo(buffered);
      }
      if (!check.holds(file)) {
        return false;
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void permit(Path file, @Nullable Set<PosixFilePermission> permissions)
      throws IOException {
    if (permissions != null && isPosix(file)) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  private static @Nullable Set<PosixFilePermission> permissions(Path file) throws IOException {
    return isPosix(file) ? Files.getPosixFilePermissions(file) : null;
  }

  private static boolean isPosix(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix");
  }
}
