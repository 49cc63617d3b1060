package io.faregate.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// A record as it stands in a segment: length of the payload (4 bytes), CRC-32C of all that follows
/// (4), sequence number (8), payload; all little-endian. A length of zero ends the segment. The
/// length goes first, so no byte of a payload can pass for a boundary.
///
/// @param sequence counts all records of a journal from 1
/// @param payloadAt where the payload begins
/// @param next where the next record begins
record Frame(long sequence, int payloadAt, int next) {
  static final int HEAD_BYTES = 16;

  private static final int CHECKED_FROM = 8;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Bytes of the payload.
  int payloadBytes() {
    return next - payloadAt;
  }

  /// Completes a record whose payload stands behind [#HEAD_BYTES] free bytes.
  ///
  /// @param end of the payload
  static void seal(byte[] record, int end, long sequence) {
    LONG.set(record, CHECKED_FROM, sequence);
    var crc = new CRC32C();
    crc.update(record, CHECKED_FROM, end - CHECKED_FROM);
    INT.set(record, 4, (int) crc.getValue());
    INT.set(record, 0, end - HEAD_BYTES);
  }

  /// Whether the segment ends here: no room for a record, or none begun.
  static boolean ends(ByteBuffer segment, int at) {
    return at + HEAD_BYTES > segment.limit() || segment.getInt(at) == 0;
  }

  /// The record at this place, which must not be the end.
  ///
  /// @throws TornException if there is no whole record
  static Frame at(ByteBuffer segment, int at) throws TornException {
    var length = segment.getInt(at);
    if (length < 0 || length > segment.limit() - at - HEAD_BYTES) {
      throw new TornException("a length of " + length + " bytes");
    }
    var crc = new CRC32C();
    crc.update(segment.slice(at + CHECKED_FROM, HEAD_BYTES - CHECKED_FROM + length));
    if ((int) crc.getValue() != segment.getInt(at + 4)) {
      throw new TornException("a wrong checksum");
    }
    return new Frame(segment.getLong(at + CHECKED_FROM), at + HEAD_BYTES, at + HEAD_BYTES + length);
  }

  /// What stands here is no record.
  static final class TornException extends Exception {
    private static final long serialVersionUID = 1;

    TornException(String found) {
      super(found);
    }
  }
}
