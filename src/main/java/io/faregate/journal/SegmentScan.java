package io.faregate.journal;

import io.faregate.journal.SegmentCatalog.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads all live segments at the start, in order, and decides what is whole.
///
/// The last segment may end in a record that a crash tore: it is cut after the last whole one, for
/// nobody was told that the rest is kept. So may the one before it, as long as the last is not
/// chained to it: nothing is forced in a segment before all of the one before. Damage anywhere else
/// means that settled money is missing, so the journal is refused unless the loss is accepted.
final class SegmentScan {
  private final SegmentFolder folder;
  private final int segmentBytes;
  private final boolean acceptLoss;
  private final SegmentCatalog catalog;
  private final OpenCalls openCalls = new OpenCalls();
  private final List<String> lost = new ArrayList<>();
  private final EntryReader reader = new EntryReader();
  private long lostUpTo;
  private UUID replica = UUID.randomUUID();
  private long previous;
  private long newest;
  private @Nullable Digest digest;
  private long nextSequence;
  private long entries;
  private long bytesCut;
  private String cutAt = "";
  private @Nullable Last last;

  SegmentScan(SegmentFolder folder, int segmentBytes, boolean acceptLoss) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.acceptLoss = acceptLoss;
    this.catalog = new SegmentCatalog(folder);
  }

  /// The segment to go on with.
  ///
  /// @param chain the digest that its header lacks, or null
  record Last(long number, int end, @Nullable Digest chain) {}

  /// Reads everything, and repairs the tail.
  void run() throws IOException {
    for (var archived : folder.archive().entrySet()) {
      catalog.add(new Kept(archived.getKey(), SegmentCatalog.UNKNOWN_END, 0, true));
      previous = archived.getKey();
      newest = previous;
    }
    var live = folder.segments();
    dropWaiting(live);
    if (live.isEmpty() && previous > 0) {
      damage(
          previous + 1,
          "every segment after number " + previous + " is missing in " + folder.directory());
    }
    while (!live.isEmpty()) {
      long number = live.firstKey();
      newest = number;
      var file = folder.file(number);
      live.remove(number);
      try (var view = SegmentView.open(file)) {
        visit(number, file, view, live);
      } catch (Frame.TornException e) {
        damage(number, "journal damaged: %s has %s at offset 0".formatted(file, e.getMessage()));
        folder.setAside(number);
        nextSequence = 0;
        digest = null;
      }
    }
  }

  /// A segment made ahead and never used; it is made again.
  private void dropWaiting(SortedMap<Long, Path> live) throws IOException {
    if (live.isEmpty()) {
      return;
    }
    long number = live.lastKey();
    try (var view = SegmentView.open(folder.file(number))) {
      if (view.header().firstSequence() != 0 || view.endOfBytes() > SegmentHeader.BYTES) {
        return;
      }
      replica = view.header().replica();
    } catch (Frame.TornException _) {
      return; // A damaged header is met again, and reported, when the segment's turn comes.
    }
    Files.delete(folder.file(number));
    live.remove(number);
  }

  private void visit(long number, Path file, SegmentView view, SortedMap<Long, Path> following)
      throws IOException, Frame.TornException {
    var header = view.header();
    link(number, file, header, following.isEmpty());
    replica = header.replica();
    nextSequence = header.firstSequence();
    var unforced = unforced(following);
    var end = records(number, file, view, following.isEmpty() || unforced != null);
    if (unforced != null && unforced.firstSequence() != nextSequence) {
      giveUp(following, file, end);
    }
    if (following.isEmpty()) {
      var unchained = header.digestOfPrevious().equals(Digest.NONE) ? digest : null;
      repair(file, view, end);
      last = new Last(number, end, unchained);
    }
    digest = Digest.of(view.content(), end);
    previous = number;
    catalog.add(new Kept(number, end, view.content().limit(), false));
  }

  /// The header of the one segment that follows, if it is not chained yet: then nothing in it was
  /// forced, and perhaps not all before it. Null otherwise.
  private @Nullable SegmentHeader unforced(SortedMap<Long, Path> following) throws IOException {
    if (following.size() != 1) {
      return null;
    }
    try (var view = SegmentView.open(folder.file(following.firstKey()))) {
      var header = view.header();
      return header.digestOfPrevious().equals(Digest.NONE) ? header : null;
    } catch (Frame.TornException _) {
      return null; // It is met again, and reported, when its turn comes.
    }
  }

  /// Sets the last segment aside: records before its first one were lost with the power, and so it
  /// holds none that anybody was told is kept.
  private void giveUp(SortedMap<Long, Path> following, Path file, int end) throws IOException {
    var number = following.lastKey();
    bytesCut = Files.size(folder.file(number));
    cutAt = file + " at offset " + end;
    folder.setAside(number);
    following.clear();
  }

  /// Checks that this segment follows the one before.
  private void link(long number, Path file, SegmentHeader header, boolean isLast)
      throws Frame.TornException {
    if (header.number() != number || header.firstSequence() == 0) {
      throw new Frame.TornException("the header of another segment");
    }
    if (previous > 0 && header.previous() != previous) {
      damage(
          number - 1,
          "journal damaged: segment %d, which comes before %s, is missing"
              .formatted(header.previous(), file));
      return;
    }
    if (nextSequence > 0 && header.firstSequence() != nextSequence) {
      damage(
          number - 1,
          "journal damaged: the records %d to %d before %s are missing"
              .formatted(nextSequence, header.firstSequence() - 1, file));
    }
    var known = header.digestOfPrevious();
    var chained = known.equals(digest) || (isLast && known.equals(Digest.NONE));
    if (digest != null && !chained) {
      damage(
          number - 1,
          "journal damaged: %s was changed, its digest is not the one in %s"
              .formatted(folder.file(previous), file));
    }
  }

  /// Reads the records, and returns where the whole ones end.
  ///
  /// @param mayBeTorn whether a power loss may have taken its end
  private int records(long number, Path file, SegmentView view, boolean mayBeTorn) {
    var content = view.content();
    int at = SegmentHeader.BYTES;
    try {
      while (!Frame.ends(content, at)) {
        var frame = Frame.at(content, at);
        if (frame.sequence() != nextSequence) {
          throw new Frame.TornException("record %d".formatted(frame.sequence()));
        }
        take(number, view, frame);
        at = frame.next();
      }
      if (!mayBeTorn && view.endOfBytes() > at) {
        throw new Frame.TornException("bytes after the end");
      }
    } catch (Frame.TornException e) {
      if (!mayBeTorn) {
        damage(
            number,
            "journal damaged: %s has %s at offset %d where record %d should be"
                .formatted(file, e.getMessage(), at, nextSequence));
        nextSequence = 0;
      }
    } catch (JournalException e) {
      throw new JournalException("cannot read %s at offset %d".formatted(file, at), e);
    }
    return at;
  }

  private void take(long number, SegmentView view, Frame frame) {
    openCalls.note(reader.read(view, frame), number);
    nextSequence++;
    entries++;
  }

  private void repair(Path file, SegmentView view, int end) throws IOException {
    var endOfBytes = Math.max(end, view.endOfBytes());
    if (endOfBytes > end) {
      bytesCut += (long) endOfBytes - end;
      cutAt = file + " at offset " + end;
    }
    if (endOfBytes > end || view.content().limit() < segmentBytes) {
      var torn = view.content().slice(end, endOfBytes - end);
      folder.cut(view.header().number(), end, torn, segmentBytes);
    }
  }

  /// @param upTo the last segment in which something is missing
  private void damage(long upTo, String sentence) {
    if (!acceptLoss) {
      throw new JournalException(
          sentence + "; restore it, or start with --accept-journal-loss to go on without it");
    }
    lost.add(sentence);
    lostUpTo = Math.max(lostUpTo, upTo);
  }

  SegmentCatalog catalog() {
    return catalog;
  }

  OpenCalls openCalls() {
    return openCalls;
  }

  @Nullable Last last() {
    return last;
  }

  UUID replica() {
    return replica;
  }

  /// The highest number of a segment, readable or not; 0 if there is none.
  long newest() {
    return newest;
  }

  /// The number of the last readable segment, 0 if there is none.
  long previous() {
    return previous;
  }

  long nextSequence() {
    return Math.max(1, nextSequence);
  }

  /// The report, completed by what the journal did about open attempts and calls.
  Recovery report(int openAttempts, int endedCalls) {
    return new Recovery(entries, bytesCut, cutAt, openAttempts, endedCalls, lost, lostUpTo);
  }
}
