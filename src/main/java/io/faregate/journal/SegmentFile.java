package io.faregate.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A segment mapped for appending. [#put] and [#begin] are called under the journal's lock,
/// [#force], [#chain] and [#close] by its keeper alone; [#written] may be read by anyone.
final class SegmentFile implements AutoCloseable {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final long number;
  private final Arena arena;
  private final MemorySegment memory;
  private final int capacity;
  private volatile int written;
  private int forced;
  private boolean closed;

  private SegmentFile(Path file, long number, Arena arena, MemorySegment memory, int written) {
    this.file = file;
    this.number = number;
    this.arena = arena;
    this.memory = memory;
    this.capacity = (int) memory.byteSize();
    this.written = written;
  }

  /// Maps the file; the next record goes to `written`. Bytes beyond the end of a file that was cut
  /// short are added as zeros.
  @SuppressWarnings("MustBeClosedChecker") // closed with the segment
  static SegmentFile map(Path file, long number, int bytes, int written) throws IOException {
    var arena = Arena.ofShared();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var size = Math.max(channel.size(), bytes);
      var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
      return new SegmentFile(file, number, arena, memory, written);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  long number() {
    return number;
  }

  int capacity() {
    return capacity;
  }

  /// The end of the last record.
  int written() {
    return written;
  }

  int room() {
    return capacity - written;
  }

  /// Takes the segment into use.
  void begin(long firstSequence) {
    memory.set(LONG, SegmentHeader.FIRST_SEQUENCE_AT, firstSequence);
  }

  /// Says that records of this format follow, whatever the segment had until now.
  void continueInThisFormat() {
    memory.set(INT, SegmentHeader.FORMAT_AT, SegmentHeader.FORMAT);
  }

  /// Appends a sealed record, for which there must be room.
  void put(byte[] record, int length) {
    var at = written;
    MemorySegment.copy(record, 0, memory, ValueLayout.JAVA_BYTE, at, length);
    // Volatile, so whoever sees this end sees the record before it.
    written = at + length;
  }

  /// Brings everything written so far to the disk; nothing once it is closed.
  synchronized void force() {
    var end = written;
    if (!closed && forced < end) {
      var fresh = memory.asSlice(forced, end - forced);
      // Pages leave the mapping all at once, and come back when they are touched. Those that are
      // mapped when they are written to the disk are protected one by one, each of which interrupts
      // every core that runs this process.
      fresh.unload();
      fresh.force();
      forced = end;
    }
  }

  /// The digest of the used part, once nothing is appended any more.
  Digest digest() {
    return Digest.of(memory.asByteBuffer(), written);
  }

  /// Writes the digest of the segment before into the header, and forces it.
  void chain(Digest previous) {
    MemorySegment.copy(
        previous.bytes(), 0, memory, ValueLayout.JAVA_BYTE, SegmentHeader.DIGEST_AT, Digest.BYTES);
    memory.asSlice(0, SegmentHeader.BYTES).force();
  }

  @Override
  public synchronized void close() {
    closed = true;
    arena.close();
  }
}
