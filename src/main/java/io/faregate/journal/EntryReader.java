package io.faregate.journal;

import io.faregate.journal.codec.EntryDecoder;
import io.faregate.ledger.Entry;

/// Reads entries out of segments, through a buffer that it keeps. For one thread.
final class EntryReader {
  private final EntryDecoder decoder = new EntryDecoder();
  private byte[] payload = new byte[1024];

  /// The entry in this frame.
  ///
  /// @throws JournalException if it holds none that this version can read
  Entry read(SegmentView view, Frame frame) {
    int bytes = frame.payloadBytes();
    if (payload.length < bytes) {
      payload = new byte[bytes];
    }
    view.content().get(frame.payloadAt(), payload, 0, bytes);
    try {
      return decoder.decode(payload, 0, bytes);
    } catch (IllegalArgumentException e) {
      throw new JournalException("not an entry that this version can read", e);
    }
  }
}
