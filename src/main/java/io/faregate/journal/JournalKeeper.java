package io.faregate.journal;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about a journal that waits for a disk, on two threads: one forces what was written,
/// the other tends the segments: it chains and closes full ones, makes one ahead, writes entries
/// that wait in memory, and decides whether calls may be admitted.
final class JournalKeeper implements AutoCloseable {
  static final long LEAST_FREE_BYTES = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(JournalKeeper.class);
  private static final long TEND_NANOS = 100_000_000;
  private static final int WAITING_AT_ONCE = 100;

  private final FileJournal journal;
  private final SegmentFolder folder;
  private final UUID replica;
  private final Thread forcer =
      Thread.ofPlatform().daemon().name("journal-force").unstarted(this::forceLoop);
  private final Thread tender =
      Thread.ofPlatform().daemon().name("journal-tend").unstarted(this::tendLoop);
  private volatile boolean closing;
  private volatile @Nullable String forceFailure;
  private String allocationFailure = "";
  private boolean tendFailed;

  JournalKeeper(FileJournal journal, SegmentFolder folder, UUID replica) {
    this.journal = journal;
    this.folder = folder;
    this.replica = replica;
  }

  void start() {
    forcer.start();
    tender.start();
  }

  /// Has a new segment made soon. Never waits.
  void wake() {
    LockSupport.unpark(tender);
  }

  private void forceLoop() {
    var nanos = journal.settings().force().toNanos();
    while (!closing) {
      LockSupport.parkNanos(this, nanos);
      force();
    }
  }

  private void force() {
    try {
      journal.force();
      forceFailure = null;
    } catch (RuntimeException | Error e) {
      // Whatever it is, the thread must live, and no call may be admitted meanwhile.
      if (forceFailure == null) {
        log.atError().addKeyValue("journal", folder.directory()).setCause(e).log("cannot force");
      }
      forceFailure = "the disk does not take the journal: " + e.getMessage();
    }
  }

  private void tendLoop() {
    while (!closing) {
      tendAlways();
      LockSupport.parkNanos(this, TEND_NANOS);
    }
  }

  /// Whatever fails, the thread must live: without it no segment is made any more.
  private void tendAlways() {
    try {
      tend();
      tendFailed = false;
    } catch (RuntimeException | Error e) {
      if (!tendFailed) {
        log.atError().addKeyValue("journal", folder.directory()).setCause(e).log("cannot tend");
      }
      tendFailed = true;
      journal.unready("the journal cannot be tended: " + e);
    }
  }

  /// One round of tending.
  synchronized void tend() {
    var low = false;
    try {
      chainFull();
      low = watchDisk();
      if (!journal.hasNext()) {
        allocateAhead(journal.current().number() + 1);
      }
      allocationFailure = "";
    } catch (IOException | RuntimeException e) {
      if (allocationFailure.isEmpty()) {
        log.atError()
            .addKeyValue("journal", folder.directory())
            .setCause(e)
            .log("cannot prepare a segment");
      }
      allocationFailure = String.valueOf(e.getMessage());
    }
    var waiting = placeWaiting();
    journal.unready(reason(low, waiting));
  }

  private int placeWaiting() {
    var waiting = journal.placeWaiting(WAITING_AT_ONCE);
    for (int before = waiting + 1; waiting > 0 && waiting < before; ) {
      before = waiting;
      waiting = journal.placeWaiting(WAITING_AT_ONCE);
    }
    return waiting;
  }

  /// Forces full segments and writes the digest of each into the header of the one after it.
  private void chainFull() {
    var segments = journal.full();
    for (int i = 0; i + 1 < segments.size(); i++) {
      var segment = segments.get(i);
      segment.force();
      segments.get(i + 1).chain(segment.digest());
      segment.close();
      journal.chained();
    }
  }

  /// Whether the disk is nearly full. Then the ballast goes, for the sake of running attempts.
  private boolean watchDisk() throws IOException {
    var ballast = folder.hasBallast();
    var free = folder.freeBytes() - (ballast ? 0 : SegmentFolder.BALLAST_BYTES);
    if (free < LEAST_FREE_BYTES) {
      if (ballast) {
        folder.dropBallast();
        log.atWarn().addKeyValue("free_bytes", free).log("disk nearly full, no call is admitted");
      }
      return true;
    }
    if (!ballast) {
      folder.loadBallast();
    }
    return false;
  }

  /// Makes a segment of that number, in place of one that is ahead already.
  synchronized void allocateAhead(long number) throws IOException {
    var unused = journal.next(null);
    if (unused != null) {
      unused.close();
      folder.delete(unused.number());
    }
    var bytes = journal.settings().segmentBytes();
    if (folder.freeBytes() < bytes) {
      throw new IOException("no space for a segment of %d bytes".formatted(bytes));
    }
    folder.allocate(SegmentHeader.waiting(number, journal.current().number(), replica), bytes);
    var _ = journal.next(journal.map(number));
  }

  private String reason(boolean low, int waiting) {
    var failure = forceFailure;
    if (failure != null) {
      return failure;
    }
    if (low) {
      return "less than %d MiB are free for %s: make room"
          .formatted(LEAST_FREE_BYTES >> 20, folder.directory());
    }
    if (waiting > 0) {
      return "there is no room for records, " + waiting + " wait in memory";
    }
    if (!journal.hasRoom()) {
      return "no segment is ready ahead: " + allocationFailure;
    }
    if (journal.liveBytes() > journal.settings().maxBytes()) {
      return "the journal has reached its %d bytes because the store is behind: see the store"
          .formatted(journal.settings().maxBytes());
    }
    return "";
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(forcer);
    LockSupport.unpark(tender);
    join(forcer);
    join(tender);
    tend();
    force();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
