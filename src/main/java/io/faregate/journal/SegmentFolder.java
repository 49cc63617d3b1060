package io.faregate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// The directory of a journal, locked for one process: `000…1.segment`, …, `archive/`, `ballast`
/// and `lock`.
final class SegmentFolder implements AutoCloseable {
  static final int BALLAST_BYTES = 16 << 20;

  private static final String SUFFIX = ".segment";
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path directory;
  private final FileChannel lock;
  private final LongSupplier freeBytes;

  private SegmentFolder(Path directory, FileChannel lock, LongSupplier freeBytes) {
    this.directory = directory;
    this.lock = lock;
    this.freeBytes = freeBytes;
  }

  /// Makes the directory if there is none, and locks it.
  ///
  /// @throws JournalException if another process has it
  static SegmentFolder lock(Path directory) {
    return lock(directory, () -> freeBytesOf(directory));
  }

  static SegmentFolder lock(Path directory, LongSupplier freeBytes) {
    try {
      Files.createDirectories(directory.resolve("archive"));
      var lock =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lock)) {
        lock.close();
        throw new JournalException(
            "another process uses the journal in %s: stop it, or give this one its own directory"
                .formatted(directory));
      }
      return new SegmentFolder(directory, lock, freeBytes);
    } catch (IOException e) {
      throw new JournalException(
          "cannot open the journal in %s: %s; mend that, or name another folder with --data"
              .formatted(directory, JournalException.cause(e)),
          e);
    }
  }

  private static boolean locked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException ourOwn) {
      return false;
    }
  }

  Path directory() {
    return directory;
  }

  Path file(long number) {
    return directory.resolve("%019d%s".formatted(number, SUFFIX));
  }

  Path archived(long number) {
    return directory.resolve("archive").resolve("%019d%s".formatted(number, SUFFIX));
  }

  /// The segments in use, by number.
  SortedMap<Long, Path> segments() throws IOException {
    return segments(directory);
  }

  /// The archived segments, by number.
  SortedMap<Long, Path> archive() throws IOException {
    return segments(directory.resolve("archive"));
  }

  /// The segments in any directory, by number.
  static SortedMap<Long, Path> segments(Path directory) throws IOException {
    var found = new TreeMap<Long, Path>();
    try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        found.put(Long.parseLong(name, 0, name.length() - SUFFIX.length(), 10), file);
      }
    }
    return found;
  }

  /// Makes a segment that waits to be used. It is really written, so that a full disk is met here
  /// and not under a call, and gets its name when it is complete.
  void allocate(SegmentHeader header, int bytes) throws IOException {
    place(header.encode(), bytes, file(header.number()));
  }

  private void place(ByteBuffer begin, int bytes, Path file) throws IOException {
    var unfinished = directory.resolve("unfinished");
    try {
      write(unfinished, begin, bytes);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /// Deletes a segment that was never used.
  void delete(long number) throws IOException {
    Files.deleteIfExists(file(number));
  }

  private static void write(Path file, ByteBuffer begin, int bytes) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(begin);
      zero(channel, bytes);
    }
  }

  private static void zero(FileChannel channel, long end) throws IOException {
    var zeros = ByteBuffer.allocate(CHUNK_BYTES);
    while (channel.position() < end) {
      zeros.clear().limit((int) Math.min(CHUNK_BYTES, end - channel.position()));
      channel.write(zeros);
    }
    channel.force(true);
  }

  /// Cuts the segment off at `at`: zeros from there on, up to a whole segment. The bytes cut are
  /// kept in a file beside it.
  void cut(long number, int at, ByteBuffer torn, int bytes) throws IOException {
    if (torn.hasRemaining()) {
      var copy = new byte[torn.remaining()];
      torn.get(copy);
      Files.write(directory.resolve("cut-%d-%d".formatted(number, at)), copy);
    }
    try (var channel = FileChannel.open(file(number), StandardOpenOption.WRITE)) {
      channel.position(at);
      zero(channel, Math.max(bytes, channel.size()));
    }
  }

  /// Takes a segment that cannot be read out of the journal, without destroying it.
  void setAside(long number) throws IOException {
    var aside = directory.resolve("unreadable-" + number);
    for (int again = 2; Files.exists(aside); again++) {
      aside = directory.resolve("unreadable-" + number + "-" + again);
    }
    Files.move(file(number), aside);
  }

  /// Moves a segment to the archive; its age there counts from `at`.
  void archive(long number, Instant at) throws IOException {
    Files.setLastModifiedTime(file(number), FileTime.from(at));
    Files.move(file(number), archived(number), StandardCopyOption.ATOMIC_MOVE);
  }

  boolean hasBallast() {
    return Files.exists(directory.resolve("ballast"));
  }

  /// Sets space aside that running attempts may use when the disk is full.
  void loadBallast() throws IOException {
    place(ByteBuffer.allocate(0), BALLAST_BYTES, directory.resolve("ballast"));
  }

  void dropBallast() throws IOException {
    Files.deleteIfExists(directory.resolve("ballast"));
  }

  /// Bytes free on the disk.
  long freeBytes() {
    return freeBytes.getAsLong();
  }

  /// Asked ten times a second, so not of a `FileStore`, which reads the table of mounts when it is
  /// made. Zero if nobody can tell.
  private static long freeBytesOf(Path directory) {
    return directory.toFile().getUsableSpace();
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new JournalException("cannot unlock the journal in " + directory, e);
    }
  }
}
