package io.faregate.journal;

import io.faregate.gateway.Journal;
import io.faregate.journal.SegmentCatalog.Kept;
import io.faregate.journal.codec.EntryEncoder;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Entry;
import io.faregate.ledger.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal in a directory of segment files. An append copies a record into a mapped file under
/// a short lock, from any thread; from then on the death of the process does not lose it. A
/// background thread forces what was written, and another one makes segments ahead, chains those
/// that are full and watches the disk (see [JournalKeeper]), so that no call waits for a disk.
///
/// Opening it reads what is there, cuts a torn tail and ends what a crash left open.
public final class FileJournal implements Journal, AutoCloseable {
  static final int MAX_WAITING = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

  private final Settings settings;
  private final SegmentFolder folder;
  private final SegmentCatalog catalog;
  private final OpenCalls openCalls;
  private final Recovery recovery;
  private final InstantSource clock;
  private final JournalKeeper keeper;
  private final ThreadLocal<EntryEncoder> encoders =
      ThreadLocal.withInitial(() -> new EntryEncoder(Frame.HEAD_BYTES));

  private final Object lock = new Object();
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private final ArrayDeque<SegmentFile> full = new ArrayDeque<>();
  private volatile SegmentFile current;
  private volatile @Nullable SegmentFile next;
  private long nextSequence;
  private long lost;
  private volatile String unready = "";

  /// Where the journal is and how it is kept.
  ///
  /// @param segmentBytes size of a segment file
  /// @param maxBytes above that, no new call is admitted until the store has caught up
  /// @param force how often written records are forced to the disk, and so what a power loss takes
  /// @param archiveKeep how long segments stay after the store has them
  /// @param acceptLoss whether to go on where segments are damaged or missing
  public record Settings(
      Path directory,
      int segmentBytes,
      long maxBytes,
      Duration force,
      Duration archiveKeep,
      boolean acceptLoss) {
    private static final int LARGEST_SEGMENT = 64 << 20;

    public Settings {
      if (segmentBytes < 4096 || segmentBytes > LARGEST_SEGMENT) {
        throw new IllegalArgumentException("a segment has 4 KiB to 64 MiB, not " + segmentBytes);
      }
      if (maxBytes < segmentBytes || force.isNegative() || force.isZero()) {
        throw new IllegalArgumentException("no room for a segment, or no time between forces");
      }
    }

    /// Segments of 16 MiB, 8 GiB in all, forced every 10 ms, archived for a week.
    public static Settings of(Path directory) {
      return new Settings(
          directory, 16 << 20, 8L << 30, Duration.ofMillis(10), Duration.ofDays(7), false);
    }
  }

  private FileJournal(
      Settings settings, SegmentFolder folder, SegmentScan scan, InstantSource clock)
      throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.catalog = scan.catalog();
    this.openCalls = scan.openCalls();
    this.clock = clock;
    this.nextSequence = scan.nextSequence();
    this.current = begin(scan);
    this.keeper = new JournalKeeper(this, folder, scan.replica());
    var ends = openCalls.crashed(clock.instant());
    var attempts = ends.stream().filter(end -> end instanceof AttemptEntry);
    var openAttempts = (int) attempts.count();
    this.recovery = scan.report(openAttempts, ends.size() - openAttempts);
    keeper.tend();
    ends.forEach(this::append);
  }

  /// Opens the journal, or begins one.
  ///
  /// @throws JournalException if another process has it, if it is damaged before its tail (unless
  ///   the loss is accepted), or if a newer version wrote it
  public static FileJournal open(Settings settings, InstantSource clock) {
    return open(settings, clock, SegmentFolder.lock(settings.directory()));
  }

  static FileJournal open(Settings settings, InstantSource clock, SegmentFolder folder) {
    try {
      var scan = new SegmentScan(folder, settings.segmentBytes(), settings.acceptLoss());
      scan.run();
      var journal = new FileJournal(settings, folder, scan, clock);
      journal.keeper.start();
      return journal;
    } catch (IOException e) {
      folder.close();
      throw new JournalException(
          "cannot open the journal in %s: %s"
              .formatted(settings.directory(), JournalException.cause(e)),
          e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private SegmentFile begin(SegmentScan scan) throws IOException {
    var last = scan.last();
    if (last != null) {
      var file = folder.file(last.number());
      var segment = SegmentFile.map(file, last.number(), settings.segmentBytes(), last.end());
      segment.continueInThisFormat();
      if (last.chain() != null) {
        segment.chain(last.chain());
      }
      catalog.add(unfinished(segment));
      return segment;
    }
    var header = SegmentHeader.waiting(scan.newest() + 1, scan.previous(), scan.replica());
    folder.allocate(header, settings.segmentBytes());
    var segment = map(header.number());
    segment.begin(nextSequence);
    catalog.add(unfinished(segment));
    return segment;
  }

  SegmentFile map(long number) throws IOException {
    return SegmentFile.map(
        folder.file(number), number, settings.segmentBytes(), SegmentHeader.BYTES);
  }

  private static Kept unfinished(SegmentFile segment) {
    return new Kept(segment.number(), SegmentCatalog.UNKNOWN_END, segment.capacity(), false);
  }

  @Override
  public boolean ready() {
    return unready.isEmpty() && hasRoom();
  }

  /// Whether what is admitted now can be written: the next segment is there, or half of this one is
  /// left for as long as it takes to make it. Asked anew for each call, because a burst fills a
  /// segment faster than the keeper looks.
  boolean hasRoom() {
    return next != null || current.room() >= current.capacity() / 2;
  }

  @Override
  public void append(Entry entry) {
    var encoder = encoders.get();
    encoder.encode(entry);
    if (encoder.end() > settings.segmentBytes() - SegmentHeader.BYTES) {
      throw new JournalException(
          "an entry of %s has %d bytes, more than a segment holds: make segments larger"
              .formatted(entry.call(), encoder.end()));
    }
    synchronized (lock) {
      if (!waiting.isEmpty() || !place(entry, encoder)) {
        keepWaiting(entry);
      }
    }
  }

  private boolean place(Entry entry, EntryEncoder encoder) {
    if (current.room() < encoder.end() && !roll()) {
      return false;
    }
    Frame.seal(encoder.record(), encoder.end(), nextSequence);
    current.put(encoder.record(), encoder.end());
    nextSequence++;
    openCalls.note(entry, current.number());
    return true;
  }

  private boolean roll() {
    var following = next;
    if (following == null) {
      return false;
    }
    following.begin(nextSequence);
    var done = current;
    catalog.add(new Kept(done.number(), done.written(), done.capacity(), false));
    catalog.add(unfinished(following));
    full.add(done);
    next = null;
    current = following;
    keeper.wake();
    return true;
  }

  private void keepWaiting(Entry entry) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(entry);
    } else if (lost++ == 0) {
      LOG.atError()
          .addKeyValue("journal", folder.directory())
          .addKeyValue("call", entry.call())
          .log(
              """
              records of calls are lost: there is no room for them on disk or in memory. What \
              those calls cost will be in no report, and after a restart under no limit\
              """);
    }
    unready = "there is no room for records, " + waiting.size() + " wait in memory";
  }

  /// Writes entries that wait, at most so many, and says how many still do.
  int placeWaiting(int atMost) {
    var encoder = new EntryEncoder(Frame.HEAD_BYTES);
    synchronized (lock) {
      for (int i = 0; i < atMost && !waiting.isEmpty(); i++) {
        var entry = waiting.element();
        encoder.encode(entry);
        if (!place(entry, encoder)) {
          break;
        }
        waiting.remove();
      }
      return waiting.size();
    }
  }

  /// Rolls over to a segment with a number beyond the position, if the journal has not come that
  /// far: a store that knows more than a journal, because that was lost, must not take new records
  /// for old ones.
  void continueAfter(Position position) {
    if (end().compareTo(position) < 0) {
      try {
        keeper.allocateAhead(position.segment() + 1);
      } catch (IOException e) {
        throw new JournalException("cannot go on after segment " + position.segment(), e);
      }
      synchronized (lock) {
        var _ = roll();
      }
    }
  }

  /// Brings everything written so far to the disk, the oldest first.
  void force() {
    full().forEach(SegmentFile::force);
  }

  /// Where the next record goes: the end of what can be read.
  public Position end() {
    var segment = current;
    return new Position(segment.number(), segment.written());
  }

  /// The oldest place that can still be read.
  public Position oldest() {
    return new Position(catalog.oldest(), 0);
  }

  /// Reads this journal, while it is being written too.
  public JournalReader reader() {
    return new JournalReader(this, catalog, settings.acceptLoss());
  }

  /// What opening it found and did.
  public Recovery recovery() {
    return recovery;
  }

  /// How it is now.
  public JournalStatus status() {
    var bytes = liveBytes();
    synchronized (lock) {
      var reason = unready.isEmpty() && !hasRoom() ? "no segment is ready ahead" : unready;
      return new JournalStatus(bytes, waiting.size(), lost, reason.isEmpty(), reason);
    }
  }

  /// Archives the segments that lie wholly before the position and hold no call that is still open,
  /// and deletes those that have been archived long enough.
  ///
  /// @throws JournalException if the files cannot be moved
  public void archiveUpTo(Position position) {
    long before;
    synchronized (lock) {
      before = Math.min(position.segment(), openCalls.oldestSegment());
      var oldestFull = full.peek();
      before = Math.min(before, oldestFull == null ? current.number() : oldestFull.number());
    }
    try {
      catalog.archiveBefore(before, clock.instant());
      catalog.deleteArchivedBefore(clock.instant().minus(settings.archiveKeep()));
    } catch (IOException e) {
      throw new JournalException("cannot archive segments of " + folder.directory(), e);
    }
  }

  /// Writes and forces what is there, stops the background threads and unlocks the directory.
  @Override
  public void close() {
    keeper.close();
    synchronized (lock) {
      current.close();
      var unused = next;
      if (unused != null) {
        unused.close();
      }
    }
    folder.close();
  }

  Settings settings() {
    return settings;
  }

  SegmentFile current() {
    return current;
  }

  boolean hasNext() {
    return next != null;
  }

  /// Puts a segment ahead; returns the one that was there.
  @Nullable SegmentFile next(@Nullable SegmentFile segment) {
    synchronized (lock) {
      var before = next;
      next = segment;
      return before;
    }
  }

  /// The segments that are full and not chained yet, oldest first, and behind them the one after.
  List<SegmentFile> full() {
    synchronized (lock) {
      var segments = new ArrayList<>(full);
      segments.add(current);
      return segments;
    }
  }

  /// Takes note that the oldest full segment is chained.
  void chained() {
    synchronized (lock) {
      full.remove();
    }
  }

  /// Says why no call may be admitted; an empty reason admits them.
  void unready(String reason) {
    synchronized (lock) {
      // An entry may have begun to wait since the keeper looked, and has said so itself.
      if (waiting.isEmpty() || !reason.isEmpty()) {
        unready = reason;
      }
    }
  }

  long liveBytes() {
    return catalog.liveBytes();
  }
}
