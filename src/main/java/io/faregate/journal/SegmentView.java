package io.faregate.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A segment mapped for reading. It sees at once what this process appends to the same file. For
/// one thread, and to be closed by it.
final class SegmentView implements AutoCloseable {
  private final Arena arena;
  private final ByteBuffer content;
  private final SegmentHeader header;

  private SegmentView(Arena arena, ByteBuffer content, SegmentHeader header) {
    this.arena = arena;
    this.content = content;
    this.header = header;
  }

  /// Maps the whole file.
  ///
  /// @throws Frame.TornException if it has no header
  @SuppressWarnings("MustBeClosedChecker") // closed with the view
  static SegmentView open(Path file) throws IOException, Frame.TornException {
    var arena = Arena.ofConfined();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      var content = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return new SegmentView(arena, content, SegmentHeader.decode(content, file));
    } catch (IOException | Frame.TornException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  SegmentHeader header() {
    return header;
  }

  /// Header and records, little-endian.
  ByteBuffer content() {
    return content;
  }

  /// The end of the last byte that is not zero; the header counts.
  int endOfBytes() {
    var end = content.limit();
    while (end >= SegmentHeader.BYTES + Long.BYTES && content.getLong(end - Long.BYTES) == 0) {
      end -= Long.BYTES;
    }
    while (end > SegmentHeader.BYTES && content.get(end - 1) == 0) {
      end--;
    }
    return end;
  }

  @Override
  public void close() {
    arena.close();
  }
}
