package io.faregate.journal;

import io.faregate.ledger.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a journal that nobody writes has behind a position. To look neither locks nor changes it.
public final class JournalTail {
  private JournalTail() {}

  /// Whether anything was written behind that position.
  ///
  /// @param directory of the journal; one that is not there has nothing
  /// @throws JournalException if a segment cannot be read
  public static boolean goesBeyond(Path directory, Position stored) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try {
      var segments = SegmentFolder.segments(directory).tailMap(stored.segment());
      for (var segment : segments.entrySet()) {
        var from = segment.getKey() == stored.segment() ? stored.offset() : 0;
        if (end(segment.getValue()) > Math.max(from, SegmentHeader.BYTES)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new JournalException("cannot read the journal in " + directory, e);
    }
  }

  private static int end(Path segment) throws IOException {
    try (var view = SegmentView.open(segment)) {
      return view.endOfBytes();
    } catch (Frame.TornException neverUsed) {
      return 0;
    }
  }
}
