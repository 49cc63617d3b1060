package io.faregate.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The segments that are kept, and where each ends. Any thread may ask; adding one never waits for
/// the files that others move or open.
final class SegmentCatalog {
  /// The end of a segment that is being written, or of one in the archive that nobody read.
  static final int UNKNOWN_END = -1;

  private final SegmentFolder folder;
  private final ConcurrentSkipListMap<Long, Kept> kept = new ConcurrentSkipListMap<>();
  private final Object files = new Object();

  SegmentCatalog(SegmentFolder folder) {
    this.folder = folder;
  }

  /// A segment.
  ///
  /// @param end of the last record, or [#UNKNOWN_END]
  record Kept(long number, int end, int bytes, boolean archived) {}

  void add(Kept segment) {
    kept.put(segment.number(), segment);
  }

  /// The first one that has this number or a higher one.
  Optional<Kept> from(long number) {
    return Optional.ofNullable(kept.ceilingEntry(number)).map(entry -> entry.getValue());
  }

  /// Opens a segment for reading, wherever it lies by now.
  SegmentView open(long number) throws IOException, Frame.TornException {
    synchronized (files) {
      var segment = kept.get(number);
      var archived = segment != null && segment.archived();
      return SegmentView.open(archived ? folder.archived(number) : folder.file(number));
    }
  }

  /// The number of the oldest segment.
  long oldest() {
    return kept.firstKey();
  }

  /// Bytes of the segments that are not archived.
  long liveBytes() {
    return kept.values().stream().filter(s -> !s.archived()).mapToLong(Kept::bytes).sum();
  }

  /// Moves all segments before this one to the archive.
  void archiveBefore(long number, Instant at) throws IOException {
    synchronized (files) {
      for (var segment : kept.headMap(number).values()) {
        if (!segment.archived()) {
          folder.archive(segment.number(), at);
          add(new Kept(segment.number(), segment.end(), segment.bytes(), true));
        }
      }
    }
  }

  /// Deletes what was archived before then. Somebody else may have done so to make room.
  void deleteArchivedBefore(Instant time) throws IOException {
    synchronized (files) {
      for (var segment : kept.values()) {
        var file = folder.archived(segment.number());
        if (!segment.archived() || isYounger(file, time)) {
          return;
        }
        var _ = Files.deleteIfExists(file);
        kept.remove(segment.number());
      }
    }
  }

  private static boolean isYounger(Path file, Instant time) throws IOException {
    return Files.exists(file) && !Files.getLastModifiedTime(file).toInstant().isBefore(time);
  }
}
