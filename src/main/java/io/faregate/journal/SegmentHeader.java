package io.faregate.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/// The first [#BYTES] of a segment, little-endian.
///
/// @param number of the segment, rising
/// @param previous number of the segment before, 0 for the first one
/// @param firstSequence of its first record; 0 while it waits to be used
/// @param replica whose journal it is
/// @param digestOfPrevious SHA-256 of the used part of the segment before, filled in once that is
///   complete; zeros until then. It chains the segments: none can be changed or left out unseen.
record SegmentHeader(
    long number, long previous, long firstSequence, UUID replica, Digest digestOfPrevious) {
  static final int BYTES = 128;

  /// Format 1 has entries as maps. Both are read, entry by entry; only this one is written.
  static final int FORMAT = 2;

  static final int FORMAT_AT = 8;
  static final int FIRST_SEQUENCE_AT = 32;
  static final int DIGEST_AT = 56;

  private static final long MAGIC =
      ByteBuffer.wrap("faregate".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();

  /// The header of a segment that waits to be used.
  static SegmentHeader waiting(long number, long previous, UUID replica) {
    return new SegmentHeader(number, previous, 0, replica, Digest.NONE);
  }

  ByteBuffer encode() {
    var header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putInt(FORMAT).putInt(BYTES).putLong(number).putLong(previous);
    header.putLong(firstSequence);
    header.putLong(replica.getMostSignificantBits()).putLong(replica.getLeastSignificantBits());
    header.put(digestOfPrevious.bytes());
    return header.rewind();
  }

  /// Reads the header of the file.
  ///
  /// @throws Frame.TornException if it is none
  /// @throws JournalException if it is that of a newer format
  static SegmentHeader decode(ByteBuffer segment, Path file) throws Frame.TornException {
    if (segment.limit() < BYTES || segment.getLong(0) != MAGIC) {
      throw new Frame.TornException("no header");
    }
    var format = segment.getInt(FORMAT_AT);
    if (format < 1 || format > FORMAT) {
      throw new JournalException(
          "%s has journal format %d, and this Faregate reads up to %d: start the one that wrote it"
              .formatted(file, format, FORMAT));
    }
    var digest = new byte[Digest.BYTES];
    segment.get(DIGEST_AT, digest);
    return new SegmentHeader(
        segment.getLong(16),
        segment.getLong(24),
        segment.getLong(FIRST_SEQUENCE_AT),
        new UUID(segment.getLong(40), segment.getLong(48)),
        new Digest(digest));
  }
}
